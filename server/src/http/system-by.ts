import type { By, OwnTask } from '../domain/actor.ts';
import type { Shop } from './shop.ts';

/** The program itself, for what nobody asked it to do at that moment. */
export function systemBy(shop: Pick<Shop, 'newId' | 'now'>, task: OwnTask): By {
  return {
    actor: { kind: 'system', name: task },
    requestId: `${task.replace(' ', '-')}-${shop.newId()}`,
    at: shop.now(),
  };
}
