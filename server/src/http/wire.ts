// One serialiser for instants, so that every answer writes time the same way.

/** ISO-8601 in UTC with milliseconds and `Z`. */
export function toInstant(at: number): string {
  return new Date(at).toISOString();
}

/** The same, or null. */
export function toInstantOrNull(at: number | null): string | null {
  return at === null ? null : toInstant(at);
}
