import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { metalValue } from './stock-value.ts';

type Rates = Parameters<typeof metalValue>[1];

const rateOf = (paisePerGram: number): Rates => [
  {
    id: '65f0c0ffee0123456789abcd',
    metal: 'gold',
    purity: '916',
    paisePerGram,
    at: 0,
    day: '2026-01-15',
  } as never,
];

describe('the value of metal in stock', () => {
  it('is rounded half-up once, for the lot', () => {
    const lot = { netMg: 5_500, goldPurity: '750' } as const;
    assert.equal(metalValue(lot, rateOf(650_050))?.paise, Math.round((5.5 * 650_050 * 750) / 916));
  });

  it('answers for the most that can be typed, where it passes 2^53', () => {
    const lot = { netMg: 100_000_000 * 1_000_000, goldPurity: '916' } as const;
    assert.equal(metalValue(lot, rateOf(1_000_000_000))?.paise, 1e14 * 1e6);
  });
});
