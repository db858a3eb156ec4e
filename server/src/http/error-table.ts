// Every refusal's HTTP status and wire text, in one place. A new code does not compile without its row.

import type { ErrorCode, Refusal } from '../domain/shop-error.ts';

interface Row {
  status: number;
  message: string | ((refusal: Refusal) => string);
  details?: string;
}

export const ERROR_TABLE = {
  invalid_input: { status: 400, message: 'Validation error' },
  body_required: { status: 400, message: 'Request body is required', details: 'Send a JSON object' },
  malformed_json: { status: 400, message: 'Invalid JSON format', details: 'Request body must be valid JSON' },
  too_large: { status: 413, message: 'Request body is too large' },
  bad_request: { status: 400, message: 'Bad request', details: 'The request could not be read' },
  request_timeout: {
    status: 408,
    message: 'Request timeout',
    details: 'The request took too long to arrive',
  },
  headers_too_large: { status: 431, message: 'Request headers are too large' },
  expectation_failed: {
    status: 417,
    message: 'Expectation failed',
    details: 'Of the Expect header, 100-continue alone is known',
  },
  unsupported_file: { status: 400, message: 'Invalid file type. Allowed types: png, jpg, jpeg, gif, webp' },
  unauthenticated: {
    status: 401,
    message: 'Authentication required',
    details: 'Missing or invalid JWT token in request headers',
  },
  token_invalid: {
    status: 401,
    message: 'Invalid JWT token',
    details: 'Token could not be decoded or verified',
  },
  token_expired: {
    status: 401,
    message: 'Token expired',
    details: 'Your session has expired. Please login again',
  },
  token_revoked: {
    status: 401,
    message: 'Token revoked',
    details: 'This token has been revoked. Please login again',
  },
  login_failed: { status: 401, message: 'Invalid username or password', details: 'Check both and try again' },
  totp_needed: {
    status: 401,
    message: 'Sign-in code required',
    details: 'Send the six digits of the authenticator app, or a recovery code, as totp',
  },
  totp_wrong: {
    status: 401,
    message: 'The sign-in code is not right',
    details: 'A code is good for about a minute, and once; wait for the next one',
  },
  totp_required: {
    status: 403,
    message: 'Admin access required',
    details: 'This account must first set up sign-in codes: POST /api/auth/totp/enrol',
  },
  totp_on: {
    status: 409,
    message: 'Sign-in codes are switched on already',
    details: 'Switch them off first',
  },
  totp_off: { status: 409, message: 'Sign-in codes are not switched on' },
  code_wrong: {
    status: 400,
    message: 'The sign-in code is not right',
    details: 'A code is good for about a minute, and once; wait for the next one',
  },
  refresh_failed: {
    status: 401,
    message: 'Token revoked',
    details: 'The session has ended. Please login again',
  },
  password_wrong: { status: 400, message: 'The current password is not right' },
  forbidden: { status: 403, message: 'Admin access required' },
  signup_off: { status: 403, message: 'Sign-up is switched off', details: 'Ask the owner for an account' },
  setup_closed: { status: 409, message: 'The shop is set up already', details: 'Sign in instead' },
  setup_code_wrong: {
    status: 403,
    message: 'The set-up code is not right',
    details: 'It stands on the terminal where the shop was started',
  },
  route_not_found: { status: 404, message: 'Not found', details: 'There is nothing at this address' },
  method_not_allowed: {
    status: 405,
    message: 'Method not allowed',
    details: 'This address does not take that method',
  },
  product_not_found: { status: 404, message: 'Product not found' },
  image_not_found: { status: 404, message: 'Image not found' },
  customer_not_found: { status: 404, message: 'Customer not found' },
  entry_not_found: { status: 404, message: 'Khata entry not found' },
  order_not_found: { status: 404, message: 'Order not found' },
  sale_not_found: { status: 404, message: 'Sale not found' },
  price_not_found: { status: 404, message: 'Price not found' },
  no_gold_price: { status: 404, message: 'No gold price data found' },
  no_metal_price: { status: 404, message: (r) => `No ${r.data?.metal ?? 'metal'} price data found` },
  user_not_found: { status: 404, message: 'User not found' },
  session_not_found: { status: 404, message: 'Session not found' },
  file_not_found: { status: 404, message: 'Not found', details: 'There is no such file' },
  phone_taken: { status: 400, message: (r) => `Customer with phone ${r.data?.phone} already exists` },
  customer_has_balance: {
    status: 409,
    message: 'The customer has a balance',
    details: 'Settle the khata first',
  },
  unknown_customer: { status: 400, message: 'Validation error' },
  unknown_product: { status: 400, message: 'Validation error' },
  user_taken: { status: 409, message: 'Username or email already exists' },
  last_admin: {
    status: 409,
    message: 'This is the last admin',
    details: 'Make another account an admin first',
  },
  entry_already_reversed: { status: 409, message: 'The entry is reversed already' },
  entry_is_reversal: { status: 409, message: 'A reversal cannot be reversed', details: 'Post a new entry' },
  credit_limit_exceeded: { status: 409, message: 'The credit limit would be exceeded' },
  out_of_stock: { status: 409, message: 'Not enough in stock' },
  order_is_cancelled: {
    status: 409,
    message: 'The order is cancelled',
    details: 'Make a new order; a cancelled one stays cancelled',
  },
  rate_too_far: {
    status: 409,
    message: 'The rate is very far from the last one',
    details: 'Send confirm: true if it is meant',
  },
  rate_not_held: { status: 409, message: 'The rate is in force already' },
  stale_version: {
    status: 412,
    message: 'Someone else changed this meanwhile',
    details: 'Read it again and repeat the change',
  },
  key_reused: {
    status: 422,
    message: 'The Idempotency-Key was used for another request',
    details: 'Use a new key for a new request',
  },
  throttled: { status: 429, message: 'Too many attempts' },
  rate_limited: {
    status: 429,
    message: 'Too many requests',
    details: 'Too many requests of this kind came from this address. Try again later',
  },
  busy: { status: 503, message: 'The shop is busy', details: 'Try again in a moment' },
  ticket_invalid: { status: 401, message: 'Invalid JWT token', details: 'The ticket is used up or expired' },
  gold_model_not_trained: {
    status: 503,
    message: 'Gold price prediction model is not trained. Please train the model first.',
  },
  diamond_model_not_trained: {
    status: 503,
    message: 'Diamond price prediction model is not trained. Please train the model first.',
  },
  insufficient_data: { status: 400, message: 'Insufficient data for training' },
  training_failed: { status: 503, message: 'The training failed; the models that served go on serving' },
  job_not_found: { status: 404, message: 'Training job not found' },
  job_lost: {
    status: 409,
    message: 'The training job was taken over or ended',
    details: 'Nothing was put in service; the models that served go on serving',
  },
  no_previous_model: {
    status: 409,
    message: 'There is no earlier model to put back',
    details: 'A model can be put back once another one has replaced it',
  },
  backup_not_begun: {
    status: 503,
    message: 'The backup could not be started',
    details: 'The reason stands in the list of backups, or in the log of the server',
  },
  storage_full: { status: 507, message: 'The disk is full', details: 'Nothing was changed. Free some space' },
  store_unavailable: {
    status: 503,
    message: 'The database is unavailable',
    details: 'Try again in a moment',
  },
  outcome_unknown: {
    status: 503,
    message: 'It is not known whether this was stored',
    details: 'Send it again with the same Idempotency-Key: it is done once. Without a key, look first',
  },
  shop_moved: {
    status: 503,
    message: 'The shop has moved',
    details: 'Nothing was changed. Use the shop at its new place',
  },
  internal: { status: 500, message: 'Internal server error', details: 'The request id leads to the log' },
} as const satisfies Record<ErrorCode, Row>;

/** Status, text and default details of a refusal. */
export function describeRefusal(refusal: Refusal): { status: number; message: string; details?: string } {
  const row: Row = ERROR_TABLE[refusal.code];
  const message = refusal.message ?? (typeof row.message === 'function' ? row.message(refusal) : row.message);
  return { status: row.status, message, ...(row.details === undefined ? {} : { details: row.details }) };
}
