// What an error of the driver means, by its class, its labels, or else what the server calls it: whether the cluster
// cannot do now what was asked, and may in a moment.

import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoExpiredSessionError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';

/** Set by servers and driver on what may be asked again, or whose outcome nobody knows. */
const LABELS = [
  ...['TransientTransactionError', 'UnknownTransactionCommitResult', 'RetryableWriteError'],
  ...['ResumableChangeStreamError', 'PoolRequestedRetry', 'RetryableError', 'SystemOverloadedError'],
] as const;

/** A read outside of a transaction is given no label: these are the server's retriable errors, by its names. */
const RETRIABLE = {
  HostUnreachable: 6,
  HostNotFound: 7,
  NetworkTimeout: 89,
  ShutdownInProgress: 91,
  FailedToSatisfyReadPreference: 133,
  ReadConcernMajorityNotAvailableYet: 134,
  PrimarySteppedDown: 189,
  ExceededTimeLimit: 262,
  SocketException: 9001,
  NotWritablePrimary: 10107,
  InterruptedAtShutdown: 11600,
  InterruptedDueToReplStateChange: 11602,
  NotPrimaryNoSecondaryOk: 13435,
  NotPrimaryOrSecondary: 13436,
} as const;

/** The server gave up what it was doing for us: an ended session, a cursor of before an election. */
const GIVEN_UP = {
  CursorNotFound: 43,
  WriteConcernTimeout: 64,
  QueryPlanKilled: 175,
  CursorKilled: 237,
  Interrupted: 11601,
} as const;

const CODES: ReadonlySet<unknown> = new Set([...Object.values(RETRIABLE), ...Object.values(GIVEN_UP)]);

/** No server answered, or not in time. A cleared pool is one of the first. */
const UNREACHED = [MongoNetworkError, MongoServerSelectionError, MongoOperationTimeoutError] as const;
/** The driver exports no class for it. */
const QUEUED_TOO_LONG = 'MongoWaitQueueTimeoutError';

/** We are closing: nothing is asked again. */
const CLOSED = [
  ...[MongoClientClosedError, MongoExpiredSessionError, MongoNotConnectedError],
  ...[MongoServerClosedError, MongoTopologyClosedError],
] as const;

/** Whether the same may be asked again in a moment, of the same cluster. */
export function isPassing(error: unknown): error is MongoError {
  const cause = causeOf(error);
  if (!(cause instanceof MongoError)) return false;
  if (UNREACHED.some((kind) => cause instanceof kind) || cause.name === QUEUED_TOO_LONG) return true;
  return CODES.has(cause.code) || LABELS.some((label) => cause.hasErrorLabel(label));
}

/** Whether whoever asked is told to try again later (503): that, or we are closing. */
export function isNotNow(error: unknown): boolean {
  return isPassing(error) || CLOSED.some((kind) => causeOf(error) instanceof kind);
}

/** A batch of writes wraps whatever kept it from being sent, and its class is lost then. */
function causeOf(error: unknown): unknown {
  if (!(error instanceof MongoBulkWriteError)) return error;
  const { errorResponse } = error as { errorResponse?: unknown };
  return errorResponse instanceof Error ? errorResponse : error;
}
