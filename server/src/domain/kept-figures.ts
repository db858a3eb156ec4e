// What one order, sale, payment or khata entry adds to the kept figures. Every store adds these in the same write.

import type { Figure, FigureSum } from './figures.ts';
import { type EntryType, isOpening, type KhataEntry } from './khata.ts';
import type { Order } from './order.ts';
import type { Payment } from './payment.ts';
import type { Sale } from './sale.ts';
import { fineWeightOf } from './weight.ts';

/** What of a line its product's figures need. */
interface SoldLine {
  productId: string;
  quantity: number;
  unitPricePaise: number;
  netWeightMg: number;
  goldPurity: string;
}

export function orderSum(order: Order): FigureSum {
  return { count: 1, paise: order.totalPaise, fineMg: fineMgOf(order.lines) };
}

export function saleSum(sale: Sale): FigureSum {
  return { count: 1, paise: sale.finalPaise, fineMg: fineMgOf(sale.lines) };
}

/** The khata rows among payments are debts, which the ledger counts. */
export function paymentSum(rows: readonly Payment[]): FigureSum {
  const money = rows.filter(({ method }) => method !== 'khata');
  return { count: money.length, paise: money.reduce((sum, row) => sum + row.amountPaise, 0), fineMg: 0 };
}

/**
 * `reverses`: the entry that this one takes back; it lowers the figure that the other one raised. `paise`: what it adds
 * to its customer's debits or credits. An opening balance counts as an entry, and as no money of its day.
 */
export function entryFigure(
  entry: { type: EntryType; amountPaise: number; source: KhataEntry['source'] },
  reverses: { type: EntryType } | null,
): { figure: Figure; paise: number; sum: FigureSum } {
  const figure = (reverses ?? entry).type === 'debit' ? 'khata.given' : 'khata.received';
  const paise = reverses === null ? entry.amountPaise : -entry.amountPaise;
  return { figure, paise, sum: { count: 1, paise: isOpening(entry) ? 0 : paise, fineMg: 0 } };
}

/** What one line adds to the figures of its product. */
export function lineFigures(line: SoldLine) {
  const { productId, quantity, unitPricePaise } = line;
  return {
    productId,
    quantity,
    paise: quantity * unitPricePaise,
    fineMg: quantity * fineWeightOf(line),
  };
}

function fineMgOf(lines: readonly SoldLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * fineWeightOf(line), 0);
}
