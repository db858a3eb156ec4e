/**
 * How many pieces an order line takes from the stock: all that was asked for, or, where the shop lets orders run
 * ahead of the stock, as many as are there. Null when the stock is strict and too small.
 */
export function takeFromStock(stock: number, wanted: number, strict: boolean): number | null {
  if (stock >= wanted) return wanted;
  return strict ? null : stock;
}
