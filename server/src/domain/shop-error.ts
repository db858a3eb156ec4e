// Every way in which the shop says no. A code is stable for ever: clients and translations hang on it.
// The HTTP status and the wire text of each code stand in http/error-table.ts, not here.

/** The closed list of refusals. A retired code is never used for something else. */
export const ERROR_CODES = [
  'invalid_input',
  'body_required',
  'malformed_json',
  'too_large',
  'bad_request',
  'request_timeout',
  'headers_too_large',
  'expectation_failed',
  'unsupported_file',
  'unauthenticated',
  'token_invalid',
  'token_expired',
  'token_revoked',
  'login_failed',
  'totp_needed',
  'totp_wrong',
  'totp_required',
  'totp_on',
  'totp_off',
  'code_wrong',
  'refresh_failed',
  'password_wrong',
  'forbidden',
  'signup_off',
  'setup_closed',
  'setup_code_wrong',
  'route_not_found',
  'method_not_allowed',
  'product_not_found',
  'image_not_found',
  'customer_not_found',
  'entry_not_found',
  'order_not_found',
  'sale_not_found',
  'price_not_found',
  'no_gold_price',
  'no_metal_price',
  'user_not_found',
  'session_not_found',
  'file_not_found',
  'phone_taken',
  'customer_has_balance',
  'unknown_customer',
  'unknown_product',
  'user_taken',
  'last_admin',
  'entry_already_reversed',
  'entry_is_reversal',
  'credit_limit_exceeded',
  'out_of_stock',
  'order_is_cancelled',
  'rate_too_far',
  'rate_not_held',
  'stale_version',
  'key_reused',
  'throttled',
  'rate_limited',
  'busy',
  'ticket_invalid',
  'gold_model_not_trained',
  'diamond_model_not_trained',
  'insufficient_data',
  'training_failed',
  'job_not_found',
  'job_lost',
  'no_previous_model',
  'backup_not_begun',
  'storage_full',
  'store_unavailable',
  'outcome_unknown',
  'shop_moved',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** One thing wrong with one field: `rule` names what failed, `limit` says what is allowed (shown to people). */
export interface FieldProblem {
  field: string;
  rule: string;
  limit: string;
}

/** A refusal as plain data, as it crosses a thread, is saved under an idempotency key and reaches the wire. */
export interface Refusal {
  code: ErrorCode;
  /** Replaces the table's wire text where the contract has one of its own for this situation. */
  message?: string;
  /** Free text for people; never the text of an exception. */
  details?: string | Record<string, string>;
  fields?: FieldProblem[];
  /** Whole seconds after which another try makes sense. */
  retryAfterSeconds?: number;
  /** Values that a client needs to act on the refusal, such as the old and the new rate. */
  data?: Record<string, unknown>;
}

/** The one error class of the shop: a refusal by a rule. Anything else that is thrown is a defect (500). */
export class ShopError extends Error {
  readonly refusal: Refusal;
  /** Set when the refusal is a saved one: the request that was refused first. */
  readonly firstRequestId: string | undefined;

  constructor(refusal: Refusal, firstRequestId?: string) {
    super(refusal.message ?? refusal.code);
    this.name = 'ShopError';
    this.refusal = refusal;
    this.firstRequestId = firstRequestId;
  }

  get code(): ErrorCode {
    return this.refusal.code;
  }
}

/** Refusals by a rule on what is stored: saved under an idempotency key and replayed, as successes are. */
const RULE_REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'product_not_found',
  'image_not_found',
  'customer_not_found',
  'customer_has_balance',
  'entry_not_found',
  'entry_already_reversed',
  'entry_is_reversal',
  'order_not_found',
  'order_is_cancelled',
  'sale_not_found',
  'price_not_found',
  'rate_too_far',
  'rate_not_held',
  'out_of_stock',
  'credit_limit_exceeded',
  'user_not_found',
  'user_taken',
  'last_admin',
  'totp_on',
  'totp_off',
  'job_not_found',
  'no_previous_model',
  'stale_version',
]);

/** Whether a refusal is saved and replayed for a repeated key (404, 409 and 412 by a rule). */
export function isRuleRefusal(code: ErrorCode): boolean {
  return RULE_REFUSALS.has(code);
}

/** A refusal with only a code (and, where given, more of its data). */
export function refuse(code: ErrorCode, more: Omit<Refusal, 'code'> = {}): ShopError {
  return new ShopError({ code, ...more });
}

/** A 400 that names one field and what is allowed; `message` is the contract's text, where it has one. */
export function invalid(field: string, rule: string, limit: string, message?: string): ShopError {
  return new ShopError({
    code: 'invalid_input',
    ...(message === undefined ? {} : { message }),
    details: { [field]: limit },
    fields: [{ field, rule, limit }],
  });
}
