// Bills of the older backend were summed in floats. Here each amount is whole paise, and the parts of a bill make its
// total: the store is asked for that wherever a shop goes, into a backup too. What was charged counts.

import { formatRupees } from '../../../domain/money.ts';
import { Unfit } from './older-row.ts';

/** Four amounts that are each rounded to a paisa may be so many apart. */
const ROUNDED_AWAY = 2;

interface OrderSums {
  subtotalPaise: number;
  taxPaise: number;
  discountPaise: number;
  totalPaise: number;
}

/** The same total, tax and discount, with the subtotal that makes them agree. Throws Unfit where it is not rounding. */
export function fitOrder(sums: OrderSums): OrderSums {
  const { taxPaise, discountPaise, totalPaise } = sums;
  const subtotalPaise = totalPaise + discountPaise - taxPaise;
  refuseApart('total_amount', totalPaise, totalPaise + sums.subtotalPaise - subtotalPaise);
  if (subtotalPaise < 0)
    throw new Unfit(`tax_amount is ${formatRupees(taxPaise)}, it must be within the total`);
  return { ...sums, subtotalPaise };
}

interface SaleSums {
  totalPaise: number;
  discountPaise: number;
  finalPaise: number;
}

/** The same for a sale. A discount larger than the total made it free. */
export function fitSale(sums: SaleSums): SaleSums {
  const { discountPaise, finalPaise } = sums;
  const totalPaise = finalPaise > 0 ? finalPaise + discountPaise : Math.min(sums.totalPaise, discountPaise);
  refuseApart('final_amount', finalPaise, Math.max(0, finalPaise + sums.totalPaise - totalPaise));
  return { ...sums, totalPaise };
}

function refuseApart(field: string, chargedPaise: number, partsPaise: number): void {
  if (Math.abs(chargedPaise - partsPaise) <= ROUNDED_AWAY) return;
  const [charged, parts] = [formatRupees(chargedPaise), formatRupees(partsPaise)];
  throw new Unfit(`${field} is ${charged}, but its parts make ${parts}`);
}

/** Pieces that cost so much together, at whole paise each: where it cannot be shared, some cost a paisa more. */
export function shareOut(
  quantity: number,
  totalPaise: number,
): { quantity: number; unitPricePaise: number }[] {
  const unitPricePaise = Math.floor(totalPaise / quantity);
  const dearer = totalPaise - unitPricePaise * quantity;
  return [
    { quantity: quantity - dearer, unitPricePaise },
    { quantity: dearer, unitPricePaise: unitPricePaise + 1 },
  ].filter((line) => line.quantity > 0);
}
