import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigRefused } from '../config.ts';
import { StoreRefused, StoreUnreachable } from '../store/store-refused.ts';
import { endingOf } from './end-process.ts';

describe('how a start that failed ends', () => {
  it('is final where settings or data cannot be used, and tried again where the cluster does not answer', () => {
    const refused = new StoreRefused('MONGODB_URI: db refuses the user name or the password');
    assert.deepEqual(endingOf(refused), { lines: [refused.message], code: 78 });
    assert.deepEqual(endingOf(new ConfigRefused(['PORT', 'HOST'])), { lines: ['PORT', 'HOST'], code: 78 });
    assert.deepEqual(endingOf(new StoreUnreachable('MONGODB_URI: no primary answered at db')), {
      lines: ['MONGODB_URI: no primary answered at db; this start ends, the next one tries again'],
      code: 1,
    });
    const gone = Object.assign(new Error('connection 3 closed'), { name: 'MongoNetworkError' });
    assert.deepEqual(endingOf(gone), {
      lines: ['the MongoDB servers did not answer: connection 3 closed'],
      code: 1,
    });
  });

  it('names HOST and PORT where they cannot be opened, and otherwise the file', () => {
    const ending = (words: object) => endingOf(Object.assign(new Error('what the system says'), words));
    for (const [syscall, code, exit] of [
      ['listen', 'EACCES', 78],
      ['getaddrinfo', 'ENOTFOUND', 78],
      ['getaddrinfo', 'EAI_AGAIN', 1],
      // At a boot the address may come later than the shop.
      ['listen', 'EADDRNOTAVAIL', 1],
    ] as const) {
      const lines = ['HOST and PORT cannot be opened: what the system says'];
      assert.deepEqual(ending({ syscall, code }), { lines, code: exit });
    }
    const { lines, code } = ending({ syscall: 'open', code: 'EACCES', path: '/data/current-generation' });
    assert.match(
      String(lines),
      /^\/data\/current-generation: this account may not use it; give it the right/,
    );
    assert.equal(code, 1);
  });
});
