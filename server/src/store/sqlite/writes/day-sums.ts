// What a group of changes adds to the figures of a day: every member adds to the same few rows, which are written once,
// at the group's end.

import type { Figure, FigureSum } from '../../../domain/figures.ts';
import type { Connection } from '../database.ts';

export interface DaySum extends FigureSum {
  shopId: string;
  day: string;
  figure: Figure;
}

export class DaySums {
  readonly #sums = new Map<string, DaySum>();

  add(added: DaySum): void {
    const key = `${added.shopId} ${added.day} ${added.figure}`;
    const known = this.#sums.get(key);
    if (!known) return void this.#sums.set(key, { ...added });
    known.count += added.count;
    known.paise += added.paise;
    known.fineMg += added.fineMg;
  }

  /** Writes what was added since the last time. */
  writeTo(db: Connection): void {
    for (const sum of this.#sums.values()) {
      db.run(
        `INSERT INTO daily_figures (shop_id, day, figure, count, paise, fine_mg)
         VALUES (:shopId, :day, :figure, :count, :paise, :fineMg)
         ON CONFLICT (shop_id, day, figure) DO UPDATE SET count = count + :count, paise = paise + :paise,
           fine_mg = fine_mg + :fineMg`,
        { ...sum },
      );
    }
    this.#sums.clear();
  }
}
