import { DAY_MS } from '../../domain/shop-day.ts';
import type { Shop } from '../../http/shop.ts';
import { systemBy } from '../../http/system-by.ts';

/** Removes pictures older than a day that no piece shows, and answers their names. Runs at start and once a day. */
export async function removeOrphanImages(shop: Shop): Promise<string[]> {
  const by = systemBy(shop, 'picture cleaning');
  const { value } = await shop.store.images.removeOrphans(by.at - DAY_MS, by);
  return value;
}
