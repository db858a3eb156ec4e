import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MongoBulkWriteError, MongoNetworkError, MongoServerError } from 'mongodb';
import { StoreUnreachable } from '../store/store-refused.ts';
import { explainFailure } from './with-shop.ts';

describe('what a command says of a failure', () => {
  const said = (error: unknown): [number, string] => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    const terminal = {
      out: say,
      err: say,
      progress: say,
      askSecret: async () => null,
      readInput: async () => '',
    };
    return [explainFailure('move', error, terminal), lines.join('\n')];
  };

  it('names servers that do not answer, also where a batch of writes wraps it, and says to run it again', () => {
    const gone = new MongoNetworkError('connection 3 to 10.0.0.7:27017 closed');
    const wrapped = Object.assign(Object.create(MongoBulkWriteError.prototype) as Error, {
      message: gone.message,
      errorResponse: gone,
    });
    for (const error of [gone, wrapped]) {
      assert.deepEqual(said(error), [
        1,
        'swati move: the MongoDB servers did not answer (connection 3 to 10.0.0.7:27017 closed): run it again when they do',
      ]);
    }
    assert.deepEqual(said(new StoreUnreachable('MONGODB_URI: no primary answered at db')), [
      1,
      'MONGODB_URI: no primary answered at db',
    ]);
    const refused = new MongoServerError({ message: 'not authorized', code: 13 });
    assert.deepEqual(said(refused), [1, 'swati move: not authorized']);
  });
});
