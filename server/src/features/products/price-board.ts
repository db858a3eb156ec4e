import type { Board } from '../../domain/piece-price.ts';
import type { Shop } from '../../http/shop.ts';

/** What pieces are priced by now: read once for a whole answer, however many pieces it holds. */
export async function readBoard({ store, now }: Pick<Shop, 'store' | 'now'>): Promise<Board> {
  return store.prices.board(now());
}

/** Whether an answer carries `current_price`: unless the caller says `include_price=false`. */
export function wantsPrice(query: Record<string, string | undefined>): boolean {
  return query.include_price?.trim().toLowerCase() !== 'false';
}
