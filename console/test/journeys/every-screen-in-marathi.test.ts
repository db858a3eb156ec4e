// Every screen once more, where texts are longest and the width is between those of a desk and a hand.

import { test } from 'node:test';
import type { PageWish } from '../browser.ts';
import { assertWholeScreens } from '../whole-screens.ts';

const WISH: PageWish = { language: 'mr', theme: 'light', size: { width: 820, height: 1180 } };

test('every screen is whole: Marathi, light, tablet', () =>
  assertWholeScreens(WISH, 'Marathi, light, tablet', false));
