// What a call can fail with. `type` is the server's stable code, or one of our two for a server that was not reached.

export interface FieldProblem {
  field: string;
  rule: string;
  limit: string;
}

interface ErrorFacts {
  type: string;
  status: number;
  fields?: FieldProblem[];
  data?: Record<string, unknown>;
  requestId?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

export class ApiError extends Error {
  readonly type: string;
  /** 0: no answer came. */
  readonly status: number;
  readonly fields: readonly FieldProblem[];
  readonly data: Readonly<Record<string, unknown>>;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(facts: ErrorFacts) {
    super(facts.type);
    this.name = 'ApiError';
    this.type = facts.type;
    this.status = facts.status;
    this.fields = facts.fields ?? [];
    this.data = facts.data ?? {};
    this.requestId = facts.requestId;
    this.retryAfterSeconds = facts.retryAfterSeconds;
  }

  /** Whether the server may have done what was asked although we do not know it. */
  get isOutcomeUnknown(): boolean {
    return this.status === 0 || this.status >= 500;
  }
}

export function isApiError(error: unknown, type?: string): error is ApiError {
  return error instanceof ApiError && (type === undefined || error.type === type);
}
