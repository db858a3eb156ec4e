// Contract 3.1 and the design's price of a piece.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { MAX_PAISE } from './money.ts';
import { type Board, type PricedPiece, pricePiece, rateFor } from './piece-price.ts';
import type { Rate } from './price.ts';
import type { MakingCharge, ProductPurity } from './product.ts';

const FIFTEEN_PER_CENT: MakingCharge = { kind: 'percent', basisPoints: 1500 };

function rate(purity: string, rupees: number, day = '2026-01-15'): Rate {
  return {
    id: `${purity}-${day}`,
    purity,
    paisePerGram: rupees * 100,
    at: Date.parse(`${day}T00:00:00Z`),
    day,
  };
}

function board(...rates: Rate[]): Board {
  return { rates, defaultMaking: FIFTEEN_PER_CENT };
}

function piece(overrides: Partial<PricedPiece> = {}): PricedPiece {
  return {
    netWeightMg: 5000,
    goldPurity: '916',
    basePricePaise: 2_500_000,
    makingCharge: null,
    stonesPaise: 0,
    ...overrides,
  };
}

describe('the price of a piece', () => {
  it('is 37375.00 for 5 g of 916 at a 916 rate of 6500', () => {
    const working = pricePiece(piece(), board(rate('916', 6500)));
    assert.equal(working.totalPaise, 3_737_500);
    assert.deepEqual(
      working.lines.map(({ part, paise }) => [part, paise]),
      [
        ['metal', 3_250_000],
        ['making', 487_500],
      ],
    );
    assert.equal(working.rate?.purity, '916');
    assert.equal(working.fineWeightMg, 4580);
  });

  it('takes another purity by its share of the fineness', () => {
    const cases: [ProductPurity, number][] = [
      ['916', 24_914_18],
      ['750', 20_399_16],
      ['585', 15_911_34],
    ];
    // 3.333 g: 3.333 x 6500 x fineness / 916, half-up, and 15% of it, half-up.
    for (const [goldPurity, total] of cases) {
      const working = pricePiece(piece({ netWeightMg: 3333, goldPurity }), board(rate('916', 6500)));
      assert.equal(working.totalPaise, total, goldPurity);
    }
  });

  it('prefers the rate of the latest day, of that the own purity, then 916, then the finest', () => {
    const rates = [rate('750', 5000), rate('999', 7000), rate('916', 6500)];
    assert.equal(rateFor('750', rates)?.purity, '750');
    assert.equal(rateFor('585', rates)?.purity, '916');
    assert.equal(rateFor('585', [rate('750', 5000), rate('999', 7000), rate('995', 6990)])?.purity, '999');
    assert.equal(rateFor('916', [rate('916', 6500, '2026-01-14'), rate('999', 7000)])?.purity, '999');
    assert.equal(rateFor('916', []), null);
  });

  it('adds making and stones of the piece', () => {
    const gold = board(rate('916', 6500));
    const making = (makingCharge: MakingCharge) => pricePiece(piece({ makingCharge }), gold).lines[1]?.paise;
    assert.equal(making({ kind: 'percent', basisPoints: 825 }), 268_125);
    assert.equal(making({ kind: 'per_gram', paisePerGram: 45_050 }), 225_250);
    assert.equal(making({ kind: 'fixed', paise: 99_999 }), 99_999);
    assert.equal(making({ kind: 'fixed', paise: 0 }), 0);
    const withStones = pricePiece(piece({ stonesPaise: 1_234_567 }), gold);
    assert.equal(withStones.totalPaise, 3_737_500 + 1_234_567);
    assert.equal(withStones.lines[2]?.part, 'stones');
  });

  it('is the list price without a rate, and says so', () => {
    const working = pricePiece(piece({ stonesPaise: 500 }), board());
    assert.equal(working.totalPaise, 2_500_000);
    assert.equal(working.rate, null);
    assert.deepEqual(
      working.lines.map((line) => line.part),
      ['list_price'],
    );
    assert.match(working.lines[0]?.rule ?? '', /no gold rate/);
  });

  it('is the list price where the rate would give more than the shop counts', () => {
    const working = pricePiece(piece({ netWeightMg: 100_000_000 }), board(rate('585', 10_000_000_000)));
    assert.equal(working.totalPaise, 2_500_000);
    assert.match(working.lines[0]?.rule ?? '', /1,000 crore/);
  });

  const anyMaking = fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 0, max: 100_000 }) }),
    fc.record({
      kind: fc.constant('per_gram' as const),
      paisePerGram: fc.integer({ min: 0, max: MAX_PAISE }),
    }),
    fc.record({ kind: fc.constant('fixed' as const), paise: fc.integer({ min: 0, max: MAX_PAISE }) }),
  );
  const anyPiece = fc.record({
    netWeightMg: fc.integer({ min: 1, max: 100_000_000 }),
    goldPurity: fc.constantFrom<ProductPurity>('916', '750', '585'),
    basePricePaise: fc.integer({ min: 0, max: MAX_PAISE }),
    makingCharge: fc.option(anyMaking),
    stonesPaise: fc.integer({ min: 0, max: MAX_PAISE }),
  });
  const anyRates = fc.array(
    fc.record({
      purity: fc.constantFrom('916', '999', '995', '750', '585'),
      rupees: fc.integer({ min: 1, max: 10_000_000_000 }),
    }),
    { maxLength: 5 },
  );

  it('always has parts that sum to the total, within the range of amounts', () => {
    fc.assert(
      fc.property(anyPiece, anyRates, anyMaking, (some, rates, defaultMaking) => {
        const working = pricePiece(some, {
          rates: rates.map(({ purity, rupees }) => rate(purity, rupees)),
          defaultMaking,
        });
        const sum = working.lines.reduce((total, line) => total + line.paise, 0);
        assert.equal(sum, working.totalPaise);
        assert.ok(working.lines.every((line) => Number.isSafeInteger(line.paise) && line.paise >= 0));
        assert.ok(working.totalPaise <= MAX_PAISE);
      }),
      { numRuns: 2000 },
    );
  });

  it('equals exact arithmetic rounded half-up', () => {
    const smallPiece = fc.record({
      netWeightMg: fc.integer({ min: 1, max: 1_000_000 }),
      goldPurity: fc.constantFrom<ProductPurity>('916', '750', '585'),
    });
    fc.assert(
      fc.property(smallPiece, fc.integer({ min: 1, max: 5_000_000 }), (some, paisePerGram) => {
        const used = { ...rate('999', 1), paisePerGram };
        const working = pricePiece(piece(some), board(used));
        const twice = 2n * BigInt(some.netWeightMg) * BigInt(paisePerGram) * BigInt(some.goldPurity);
        const metal = (twice + 999_000n) / (2n * 999_000n);
        const making = (2n * metal * 1500n + 10_000n) / 20_000n;
        assert.equal(BigInt(working.totalPaise), metal + making);
      }),
      { numRuns: 2000 },
    );
  });
});
