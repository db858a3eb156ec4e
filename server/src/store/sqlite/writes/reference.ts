import type { ReferenceData } from '../../store.ts';
import { countReference } from '../reads/reference.ts';
import type { Tx } from './tx.ts';

/** Loads the open data once: a store that has any keeps what it has. */
export function loadReference(tx: Tx, data: ReferenceData): { goldMonths: number; diamonds: number } {
  const { shopId } = tx;
  const present = countReference(tx, shopId);
  if (present.goldMonths > 0 || present.diamonds > 0) return present;
  for (const { month, paisePerGram, rupeesPerDollar } of data.gold) {
    tx.run('INSERT INTO reference_gold VALUES (:shopId, :month, :paisePerGram, :rupeesPerDollar)', {
      shopId,
      month,
      paisePerGram,
      rupeesPerDollar,
    });
  }
  const { cut, color, clarity, ...stones } = data.diamonds;
  const name = (grades: typeof cut, row: number): string => grades.names[grades.codes[row] ?? -1] ?? '';
  for (let row = 0; row < stones.milliCarat.length; row++) {
    tx.run(
      `INSERT INTO reference_diamonds VALUES (:shopId, :n, :milliCarat, :cut, :color, :clarity, :depth, :table,
         :x, :y, :z, :dollars)`,
      {
        shopId,
        n: row + 1,
        milliCarat: stones.milliCarat[row] as number,
        cut: name(cut, row),
        color: name(color, row),
        clarity: name(clarity, row),
        depth: stones.depth[row] as number,
        table: stones.table[row] as number,
        x: stones.x[row] as number,
        y: stones.y[row] as number,
        z: stones.z[row] as number,
        dollars: stones.dollars[row] as number,
      },
    );
  }
  const loaded = { goldMonths: data.gold.length, diamonds: stones.milliCarat.length };
  tx.record('reference.loaded', { type: 'shop', id: shopId }, null, loaded);
  return loaded;
}
