// Every screen in both themes and at both ends of its width. What axe looks at differs by these alone; the third language
// has a file of its own, beside the journeys: one process would be at these long after the others are done.

import { describe, test } from 'node:test';
import { DESKTOP, type PageWish, PHONE } from '../browser.ts';
import { assertWholeScreens } from '../whole-screens.ts';

const WISHES: Record<string, PageWish> = {
  'English, light, desktop': { language: 'en', theme: 'light', size: DESKTOP },
  'Hindi, dark, phone': { language: 'hi', theme: 'dark', size: PHONE },
};

describe('every screen', () => {
  for (const [name, wish] of Object.entries(WISHES))
    test(`is whole and open to everyone: ${name}`, () => assertWholeScreens(wish, name, true));
});
