// What was measured of a model, in the reader's words. The server names its measures in one word each, some with how
// far ahead they were taken: `coverage_80_at_5_weekdays`.

import { decimals, formatNumber, formatPercent } from '../../format/number.ts';
import type { Say } from '../../words/say.ts';
import type { en } from './words/en.ts';

const NAME = /^(?<measure>[a-z0-9_]+?)(?:_at_(?<steps>\d+)_(?<unit>weekdays|months))?$/;
const RANGE = /^coverage_(\d+)$/;

/** Null for a measure that this console does not know, and for what the card says elsewhere. */
export function metricLine(
  words: Say<typeof en>,
  name: string,
  value: number,
): { label: string; text: string } | null {
  const { measure = '', steps, unit } = NAME.exec(name)?.groups ?? {};
  const told = measureLine(words, measure, value);
  if (told === null || steps === undefined) return told;
  const ahead = words(unit === 'months' ? 'monthsAhead' : 'weekdaysAhead', { count: Number(steps) });
  return { ...told, label: `${told.label}, ${ahead}` };
}

function measureLine(words: Say<typeof en>, measure: string, value: number) {
  const range = RANGE.exec(measure)?.[1];
  if (range !== undefined) {
    return {
      label: words('rangeOfHeld', { percent: `${formatNumber(Number(range))}%` }),
      text: formatPercent(100 * value),
    };
  }
  switch (measure) {
    case 'mape':
      return { label: words('error'), text: formatPercent(value) };
    case 'mae':
      return { label: words('errorUnits'), text: decimals(value, 2) };
    case 'rmse':
      return { label: words('errorSquare'), text: decimals(value, 2) };
    case 'r2_score':
      return { label: words('explained'), text: formatPercent(100 * value) };
    case 'error_beside_no_change':
      return { label: words('besideNoChange'), text: decimals(value, 2) };
    case 'independent_outcomes':
      return { label: words('independent'), text: decimals(value, 1) };
    case 'held_back':
      return { label: words('heldBack'), text: formatNumber(value) };
    default:
      return null;
  }
}
