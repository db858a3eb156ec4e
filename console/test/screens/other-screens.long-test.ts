// Every screen at the other end of its width, in the other theme, and between those of a desk and a hand where texts are
// longest. Here axe is asked about the colours of both themes, too.

import { describe, test } from 'node:test';
import { SMALL_PHONE } from '../browser.ts';
import { assertWholeScreens } from '../whole-screens.ts';

describe('every screen', () => {
  test('is whole and open to everyone: Hindi, dark, phone', () =>
    assertWholeScreens({ language: 'hi', theme: 'dark', size: SMALL_PHONE }, 'Hindi, dark, phone', 'all'));

  test('is whole and open to everyone: Marathi, light, tablet', () =>
    assertWholeScreens(
      { language: 'mr', theme: 'light', size: { width: 820, height: 1180 } },
      'Marathi, light, tablet',
      'all',
    ));
});
