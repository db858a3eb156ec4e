import { userInfo } from 'node:os';
import type { By } from '../domain/actor.ts';
import type { Shop } from '../http/shop.ts';

/** The person at the machine itself, by the name of the operating system's account. */
export function commandLineBy(shop: Pick<Shop, 'newId' | 'now'>): By {
  return {
    actor: { kind: 'command_line', name: userInfo().username },
    requestId: `swati-${shop.newId()}`,
    at: shop.now(),
  };
}
