import { DAY_MS } from '../../domain/shop-day.ts';
import type { Shop } from '../../http/shop.ts';

/** Removes pictures older than a day that no piece shows, and answers their names. Runs at start and once a day. */
export async function removeOrphanImages({ store, now, newId }: Shop): Promise<string[]> {
  const at = now();
  const by = {
    actor: { kind: 'system', name: 'picture cleaning' },
    requestId: `cleaning-${newId()}`,
    at,
  } as const;
  const { value } = await store.images.removeOrphans(at - DAY_MS, by);
  return value;
}
