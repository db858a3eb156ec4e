import { test } from 'node:test';
import { khataByTouch } from '../khata-by-touch.ts';

for (const language of ['hi', 'mr'] as const) {
  test(`by touch on a phone in ${language}: new customer, gave, got, reversed, statement, sign-out`, () =>
    khataByTouch(language));
}
