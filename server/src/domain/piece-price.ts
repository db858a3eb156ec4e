// The price of a piece, with its own working. Pure: the rates in force and the shop's rule are handed in.

import { divideHalfUp, formatRupees, share, sumPaise } from './money.ts';
import type { Rate } from './price.ts';
import type { MakingCharge, ProductPurity } from './product.ts';
import { dayOf } from './shop-day.ts';

/** What of a piece its price depends on. */
export interface PricedPiece {
  netWeightMg: number;
  goldPurity: ProductPurity;
  basePricePaise: number;
  makingCharge: MakingCharge | null;
  stonesPaise: number;
}

/** The gold rates in force at one instant (at most one a purity) and the shop's default making charge. */
export interface Board {
  rates: readonly Rate[];
  defaultMaking: MakingCharge;
}

/** One line of the working: an amount in paise and the rule that made it, in words. */
export interface WorkingLine {
  part: 'metal' | 'making' | 'stones' | 'list_price';
  paise: number;
  rule: string;
}

export interface PieceWorking {
  /** The rate row used; null when no rate is in force and the list price stands. */
  rate: { id: string; at: number; purity: string; paisePerGram: number } | null;
  fineWeightMg: number;
  lines: WorkingLine[];
  totalPaise: number;
}

/**
 * The rate a piece is priced by: of the rates in force, those of the most recent day; among them the one quoted
 * for the piece's own purity, else 916, else the finest. Null when there is none.
 */
export function rateFor(purity: string, rates: readonly Rate[]): Rate | null {
  const lastDay = rates.reduce((day, rate) => (rate.day > day ? rate.day : day), '');
  const today = rates.filter((rate) => rate.day === lastDay);
  const own = today.find((rate) => rate.purity === purity) ?? today.find((rate) => rate.purity === '916');
  return own ?? today.toSorted((a, b) => Number(b.purity) - Number(a.purity))[0] ?? null;
}

/**
 * Price of one piece: metal value (rate per gram at its own purity x fineness / fineness of the rate) + making
 * charge + stones. Each part is rounded half-up to a paisa; the total is their sum. Without a rate: the list price.
 */
export function pricePiece(piece: PricedPiece, board: Board): PieceWorking {
  const fineness = Number(piece.goldPurity);
  const fineWeightMg = share(piece.netWeightMg, fineness, 1000);
  const rate = rateFor(piece.goldPurity, board.rates);
  if (rate === null) {
    const line: WorkingLine = {
      part: 'list_price',
      paise: piece.basePricePaise,
      rule: 'no gold rate is recorded, so the list price stands',
    };
    return { rate: null, fineWeightMg, lines: [line], totalPaise: piece.basePricePaise };
  }
  const metalPaise = divideHalfUp(
    BigInt(piece.netWeightMg) * BigInt(rate.paisePerGram) * BigInt(fineness),
    1000n * BigInt(rate.purity),
  );
  const lines: WorkingLine[] = [
    {
      part: 'metal',
      paise: metalPaise,
      rule: `${grams(piece.netWeightMg)} g x ${formatRupees(rate.paisePerGram)}/g (${rate.purity}, ${dayOf(rate.at)}) x ${piece.goldPurity}/${rate.purity}`,
    },
    makingLine(piece, metalPaise, board.defaultMaking),
  ];
  if (piece.stonesPaise > 0)
    lines.push({ part: 'stones', paise: piece.stonesPaise, rule: 'set for this piece' });
  return {
    rate: { id: rate.id, at: rate.at, purity: rate.purity, paisePerGram: rate.paisePerGram },
    fineWeightMg,
    lines,
    totalPaise: sumPaise(lines.map((line) => line.paise)),
  };
}

function makingLine(piece: PricedPiece, metalPaise: number, shopDefault: MakingCharge): WorkingLine {
  const making = piece.makingCharge ?? shopDefault;
  const whose = piece.makingCharge ? 'set for this piece' : "the shop's rule";
  switch (making.kind) {
    case 'percent':
      return {
        part: 'making',
        paise: share(metalPaise, making.basisPoints, 10_000),
        rule: `${making.basisPoints / 100}% of the metal value (${whose})`,
      };
    case 'per_gram':
      return {
        part: 'making',
        paise: share(piece.netWeightMg, making.paisePerGram, 1000),
        rule: `${formatRupees(making.paisePerGram)} a gram of net weight (${whose})`,
      };
    case 'fixed':
      return { part: 'making', paise: making.paise, rule: `one amount (${whose})` };
  }
}

function grams(milligrams: number): string {
  const digits = String(milligrams).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
