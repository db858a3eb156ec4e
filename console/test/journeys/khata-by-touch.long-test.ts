import { test } from 'node:test';
import { khataByTouch } from '../khata-by-touch.ts';

test('by touch on a phone in mr: new customer, gave, got, reversed, statement, sign-out', () =>
  khataByTouch('mr'));
