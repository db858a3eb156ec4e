// How long the first answer of a request is kept for a repeat of it.

/** Under an Idempotency-Key. */
export const KEYED_FOR_MS = 24 * 3_600_000;
/** Without one, for the retries of the older client. */
export const UNKEYED_FOR_MS = 90_000;
