// Every way in which the driver says that there is no primary now, and what is a defect all the same. Errors are made as
// the driver makes them; that a batch wraps them is shown on its own class.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  MongoAPIError,
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoDriverError,
  type MongoError,
  MongoExpiredSessionError,
  MongoInvalidArgumentError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoNotConnectedError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoTransactionError,
} from 'mongodb';
import { isNotNow, isPassing } from './not-now.ts';

const answered = (code: number, ...errorLabels: string[]): MongoError =>
  new MongoServerError({ message: `code ${code}`, code, errorLabels });

class WaitQueueTimeout extends MongoDriverError {
  override get name(): string {
    return 'MongoWaitQueueTimeoutError';
  }
}

/** As a pool does that was cleared while we waited for a connection. */
function poolCleared(): MongoError {
  const error = new MongoNetworkError('Connection pool was cleared because another operation failed');
  error.addErrorLabel('PoolRequestedRetry');
  return error;
}

const PASSING: Record<string, Error> = {
  'a lost connection': new MongoNetworkError('connection closed'),
  'a connection that timed out': new MongoNetworkTimeoutError('timed out'),
  'no server to choose': new MongoServerSelectionError('timed out', {} as never),
  'a cleared pool': poolCleared(),
  'no free connection in time': new WaitQueueTimeout('timed out'),
  'a transient error of a transaction': answered(251, 'TransientTransactionError'),
  'a write conflict': answered(112, 'TransientTransactionError'),
  'an unknown commit': answered(50, 'UnknownTransactionCommitResult'),
  'a retryable write': answered(1, 'RetryableWriteError'),
  'an overloaded server': answered(462, 'SystemOverloadedError', 'RetryableError'),
  'a record of changes that can go on': answered(234, 'ResumableChangeStreamError'),
};
for (const code of [6, 7, 89, 91, 133, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]) {
  PASSING[`the server's retriable error ${code}`] = answered(code);
}
for (const code of [43, 64, 175, 237, 11601]) PASSING[`given up by the server: ${code}`] = answered(code);

const CLOSING: Record<string, Error> = {
  'a closed client': new MongoClientClosedError(),
  'an ended session': new MongoExpiredSessionError(),
  'no connection any more': new MongoNotConnectedError('closed'),
  'a closed topology': new MongoTopologyClosedError(),
  'a closed server': new MongoServerClosedError(),
};

const DEFECTS: Record<string, unknown> = {
  'a duplicate key': answered(11000),
  'a document of another shape': answered(121),
  'a right that is missing': answered(13),
  'a wrong password': answered(18),
  'a transaction used wrongly': new MongoTransactionError('already in progress'),
  'a wrong argument': new MongoInvalidArgumentError('x'),
  'a misuse of the driver': new MongoAPIError('x'),
  'an error of ours': new TypeError('x'),
  nothing: undefined,
};

describe('an error of the MongoDB driver', () => {
  for (const [what, error] of Object.entries(PASSING)) {
    it(`is passing: ${what}, in a batch, too`, () => {
      for (const one of [error, batched(error)])
        assert.deepEqual([isPassing(one), isNotNow(one)], [true, true]);
    });
  }
  for (const [what, error] of Object.entries(CLOSING)) {
    it(`refuses the caller, and is not tried again: ${what}`, () => {
      for (const one of [error, batched(error)])
        assert.deepEqual([isPassing(one), isNotNow(one)], [false, true]);
    });
  }
  for (const [what, error] of Object.entries(DEFECTS)) {
    it(`is a defect: ${what}`, () => {
      const both = error instanceof Error ? [error, batched(error)] : [error];
      for (const one of both) assert.deepEqual([isPassing(one), isNotNow(one)], [false, false]);
    });
  }
});

/** What a bulk write throws that could not send its batch: its own class, with the cause inside. */
function batched(cause: Error): MongoBulkWriteError {
  return new MongoBulkWriteError(cause as never, {} as never);
}
