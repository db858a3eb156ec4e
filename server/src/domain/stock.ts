// Pieces leave the stock with an order or sale and come back when the order is cancelled. The stock is never below 0.

/**
 * How many pieces an order line takes from the stock: all that was asked for, or, where the shop lets orders run
 * ahead of the stock, as many as are there. Null when the stock is strict and too small.
 */
function takeFromStock(stock: number, wanted: number, strict: boolean): number | null {
  if (stock >= wanted) return wanted;
  return strict ? null : stock;
}

interface WantedPieces {
  productId: string;
  quantity: number;
}

/** What each line takes, in the order of the lines; or the first line for which there is too little of its product. */
type StockTaking = { taken: number[] } | { short: Shortage };

interface Shortage {
  /** Which of the lines. */
  index: number;
  productId: string;
  /** Pieces there, and wanted by all lines together. */
  available: number;
  wanted: number;
}

/** Takes the pieces of several lines, which may name a product twice. `stock`: pieces there, by product id. */
export function takeLines(
  stock: ReadonlyMap<string, number>,
  lines: readonly WantedPieces[],
  strict: boolean,
): StockTaking {
  const left = new Map(stock);
  const taken: number[] = [];
  for (const [index, { productId, quantity }] of lines.entries()) {
    const available = left.get(productId) ?? 0;
    const pieces = takeFromStock(available, quantity, strict);
    if (pieces === null) {
      const wanted = lines.reduce((sum, line) => sum + (line.productId === productId ? line.quantity : 0), 0);
      return { short: { index, productId, available: stock.get(productId) ?? 0, wanted } };
    }
    left.set(productId, available - pieces);
    taken.push(pieces);
  }
  return { taken };
}

/** Pieces by product: what one write takes or gives back of each. Products of which nothing moved are left out. */
export function piecesByProduct(
  lines: readonly { productId: string; takenQuantity: number }[],
): Map<string, number> {
  const pieces = new Map<string, number>();
  for (const { productId, takenQuantity } of lines) {
    if (takenQuantity > 0) pieces.set(productId, (pieces.get(productId) ?? 0) + takenQuantity);
  }
  return pieces;
}
