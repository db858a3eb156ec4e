import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import pino from 'pino';
import { atAnyLevel } from './logger.ts';

describe('the log', () => {
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
