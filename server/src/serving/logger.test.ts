import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pino from 'pino';
import { atAnyLevel, readable } from './logger.ts';

describe('the log', () => {
  it('shows people what an object holds', () => {
    const line = JSON.stringify({
      time: 0,
      level: 30,
      msg: 'done',
      rows: 3,
      outcome: { ok: true, of: ['a'] },
    });
    assert.match(readable(line), /^\d\d:\d\d:\d\d info {2}done rows=3 outcome=\{"ok":true,"of":\["a"\]\}\n$/);
  });

  it('has the first sign-in at any level', () => {
    for (const level of ['info', 'warn', 'fatal', 'silent']) {
      const lines: string[] = [];
      const logger = pino({ level }, { write: (text: string) => void lines.push(JSON.parse(text).msg) });
      atAnyLevel(logger)('Make the first account here');
      logger.debug('not this');
      assert.deepEqual(lines, ['Make the first account here'], level);
    }
  });
});
