// Every refusal of the server has the console's own words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERROR_CODES } from '../../server/src/domain/shop-error.ts';
import { en } from '../src/words/errors/en.ts';

/** What the console adds: a server that was not reached, an answer that is not the server's, all else. */
const OWN = ['unreachable', 'unreadable', 'unknown'];

test('the words for refusals are those of the server, none missing and none too many', () => {
  const spoken = Object.keys(en).filter((key) => !/^(rule|field|wait)[A-Z]|^reference$/.test(key));
  assert.deepEqual(spoken.sort(), [...ERROR_CODES, ...OWN].sort());
});
