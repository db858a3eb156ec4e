// Loads the open reference data (server/data) into a store that has none.

import { readFile } from 'node:fs/promises';
import type { By } from '../../domain/actor.ts';
import { divideHalfUp } from '../../domain/money.ts';
import type { Shop } from '../../http/shop.ts';
import type { ReferenceData } from '../../store/store.ts';
import { readReferenceStones } from './read-reference-stones.ts';

const FOLDER = new URL('../../../data/', import.meta.url);
const GOLD_HEADER = 'date,usd_per_oz,inr_per_usd,inr_per_gram_24k';

export interface LoadedReference {
  goldMonths: number;
  diamonds: number;
}

/** Loads both files once a store; one that has any reference data stays as it is. Answers what is there. */
export async function loadReferenceData(shop: Pick<Shop, 'store'>, by: By): Promise<LoadedReference> {
  const present = await shop.store.reference.counts();
  if (present.goldMonths > 0 || present.diamonds > 0) return present;
  const gold = parseGold(await readFile(new URL('gold_inr_monthly.csv', FOLDER), 'utf8'));
  const diamonds = await readReferenceStones();
  return (await shop.store.reference.load({ gold, diamonds }, by)).value;
}

function parseGold(text: string): ReferenceData['gold'] {
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  if (header !== GOLD_HEADER) throw new Error('gold_inr_monthly.csv has other columns than expected');
  return lines.map((line) => {
    const [date = '', , rupees = '', perGram = ''] = line.split(',');
    return {
      month: date.slice(0, 7),
      paisePerGram: decimalToPaise(perGram),
      rupeesPerDollar: Number(rupees),
    };
  });
}

/** A decimal text in rupees, rounded half-up to whole paise without passing through a float. */
function decimalToPaise(text: string): number {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`gold_inr_monthly.csv: ${text} is no amount`);
  const decimals = match[2] ?? '';
  return divideHalfUp(BigInt(`${match[1]}${decimals}`) * 100n, 10n ** BigInt(decimals.length));
}
