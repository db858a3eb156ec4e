// What was sold of each piece by day, added up from the lines: this store keeps no rows of it.

import { lineFigures } from '../../../domain/kept-figures.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import type { OrderRow, SaleRow } from '../rows.ts';

interface Sold {
  sold: number;
  sold_paise: number;
  sold_fine_mg: number;
  ordered: number;
  ordered_paise: number;
  ordered_fine_mg: number;
}

export class SoldByDay {
  readonly #days = new Map<string, Sold & { shop_id: string; product_id: string; day: string }>();

  addSale({ shopId, createdAt, lines }: SaleRow): void {
    for (const line of lines) {
      const { productId, quantity, paise, fineMg } = lineFigures(line);
      const day = this.#of(shopId, productId, createdAt);
      day.sold += quantity;
      day.sold_paise += paise;
      day.sold_fine_mg += fineMg;
    }
  }

  addOrder({ shopId, createdAt, lines, status }: OrderRow): void {
    for (const line of lines) {
      const { productId, quantity, paise, fineMg } = lineFigures(line);
      const day = this.#of(shopId, productId, createdAt);
      if (status === 'cancelled') continue;
      day.ordered += quantity;
      day.ordered_paise += paise;
      day.ordered_fine_mg += fineMg;
    }
  }

  /** By shop, piece and day. */
  lines(): object[] {
    const sorted = [...this.#days].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([, sums]) => sums);
  }

  #of(shopId: string, productId: string, at: number): Sold {
    const day = dayOf(at);
    const key = `${shopId} ${productId} ${day}`;
    const none = {
      sold: 0,
      sold_paise: 0,
      sold_fine_mg: 0,
      ordered: 0,
      ordered_paise: 0,
      ordered_fine_mg: 0,
    };
    const sums = this.#days.get(key) ?? { shop_id: shopId, product_id: productId, day, ...none };
    this.#days.set(key, sums);
    return sums;
  }
}
