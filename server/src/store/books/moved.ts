import { refuse } from '../../domain/shop-error.ts';

/** The one change that a shop which has left still takes. */
const COME_BACK = 'moves.comeBack';

/** What both doors ask of every change, inside its transaction. Refuses: shop_moved. */
export function refuseWhereMoved(movedTo: string | null | undefined, change: string): void {
  if (movedTo === null || movedTo === undefined || change === COME_BACK) return;
  throw refuse('shop_moved', { message: `The shop has moved to ${movedTo}`, data: { moved_to: movedTo } });
}
