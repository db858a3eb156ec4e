/** The store cannot be used as it is: exit 78, one line for people. */
export class StoreRefused extends Error {
  override name = 'StoreRefused';
}

/**
 * It cannot be reached now, its disk is full or another process has it, and that may be otherwise in a moment: exit 1, so
 * that whoever keeps the shop running starts it again.
 */
export class StoreUnreachable extends StoreRefused {
  override name = 'StoreUnreachable';
}

/** By their names: loading the driver to ask for its classes takes longer than most commands. */
const NO_ANSWER = /^Mongo(Network|Pool|ServerSelection|NotConnected)/;

/** Whether the servers of the store did not answer, in the middle of something. */
export function isNoAnswer(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A batch of writes wraps whatever kept it from being sent.
  const { errorResponse } = error as { errorResponse?: unknown };
  return NO_ANSWER.test(error.name) || isNoAnswer(errorResponse);
}
