// Every screen as the counter has it. The other languages, the dark theme, the phone and the tablet are in
// other-screens.long-test.ts, and so is what axe says of the colours.

import { test } from 'node:test';
import { DESKTOP } from '../browser.ts';
import { assertWholeScreens } from '../whole-screens.ts';

test('every screen is whole and open to everyone: English, light, desktop', () =>
  assertWholeScreens(
    { language: 'en', theme: 'light', size: DESKTOP },
    'English, light, desktop',
    'all but colours',
  ));
