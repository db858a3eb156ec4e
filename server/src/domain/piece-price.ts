// The price of a piece, with its own working. Pure: the rates in force and the shop's rule are handed in.

import { divideExactly, formatRupees, MAX_PAISE, sumPaise } from './money.ts';
import type { Rate } from './price.ts';
import type { MakingCharge, Product, ProductPurity } from './product.ts';
import { dayOf } from './shop-day.ts';
import { fineWeightOf } from './weight.ts';

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

/** What a piece costs and why: the lines add up to the total. */
export interface PieceWorking {
  /** The rate row used; null when the list price stands. */
  rate: { id: string; at: number; purity: string; paisePerGram: number } | null;
  fineWeightMg: number;
  lines: WorkingLine[];
  totalPaise: number;
}

/** A piece with its price of the moment, as every answer about pieces carries it. */
export interface PricedProduct {
  product: Product;
  price: PieceWorking;
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
 * It never throws: every piece of a list has a price, whatever rate was recorded.
 */
export function pricePiece(piece: PricedPiece, board: Board): PieceWorking {
  const fineWeightMg = fineWeightOf(piece);
  const rate = rateFor(piece.goldPurity, board.rates);
  if (rate === null)
    return listPrice(piece, fineWeightMg, 'no gold rate is recorded, so the list price stands');
  const metalPaise = divideExactly(
    BigInt(piece.netWeightMg) * BigInt(rate.paisePerGram) * BigInt(piece.goldPurity),
    1000n * BigInt(rate.purity),
  );
  const making = makingOf(piece, metalPaise, board.defaultMaking);
  if (metalPaise + making.paise + BigInt(piece.stonesPaise) > BigInt(MAX_PAISE)) {
    return listPrice(
      piece,
      fineWeightMg,
      'the rate gives more than 1,000 crore rupees, so the list price stands',
    );
  }
  const metalRule = `${grams(piece.netWeightMg)} g x ${formatRupees(rate.paisePerGram)}/g (${rate.purity}, ${dayOf(rate.at)}) x ${piece.goldPurity}/${rate.purity}`;
  const lines: WorkingLine[] = [
    { part: 'metal', paise: Number(metalPaise), rule: metalRule },
    { part: 'making', paise: Number(making.paise), rule: making.rule },
  ];
  if (piece.stonesPaise > 0) {
    lines.push({ part: 'stones', paise: piece.stonesPaise, rule: 'set for this piece' });
  }
  return {
    rate: { id: rate.id, at: rate.at, purity: rate.purity, paisePerGram: rate.paisePerGram },
    fineWeightMg,
    lines,
    totalPaise: sumPaise(lines.map((line) => line.paise)),
  };
}

function listPrice(piece: PricedPiece, fineWeightMg: number, rule: string): PieceWorking {
  const paise = piece.basePricePaise;
  return { rate: null, fineWeightMg, lines: [{ part: 'list_price', paise, rule }], totalPaise: paise };
}

function makingOf(
  piece: PricedPiece,
  metalPaise: bigint,
  shopDefault: MakingCharge,
): { paise: bigint; rule: string } {
  const making = piece.makingCharge ?? shopDefault;
  const whose = piece.makingCharge ? 'set for this piece' : "the shop's rule";
  switch (making.kind) {
    case 'percent':
      return {
        paise: divideExactly(metalPaise * BigInt(making.basisPoints), 10_000n),
        rule: `${making.basisPoints / 100}% of the metal value (${whose})`,
      };
    case 'per_gram':
      return {
        paise: divideExactly(BigInt(piece.netWeightMg) * BigInt(making.paisePerGram), 1000n),
        rule: `${formatRupees(making.paisePerGram)} a gram of net weight (${whose})`,
      };
    case 'fixed':
      return { paise: BigInt(making.paise), rule: `one amount (${whose})` };
  }
}

function grams(milligrams: number): string {
  const digits = String(milligrams).padStart(4, '0');
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`;
}
