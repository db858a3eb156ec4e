import type { By, Written } from '../domain/actor.ts';

/** A shop that goes to another store. Where it was, it can still be read. */
export interface MoveStore {
  /** Where the shop went, without credentials; null while it is here. */
  movedTo(): Promise<string | null>;
  /** The shop leaves: in every transaction after this one each change is refused. Refuses: shop_moved. */
  leave(to: string, by: By): Promise<Written<null>>;
  /** Takes the leaving back; nothing happens where the shop never left. */
  comeBack(by: By): Promise<Written<null>>;
}
