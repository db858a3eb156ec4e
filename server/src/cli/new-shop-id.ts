import { ObjectId } from 'bson';

/** An id for what is done before a shop is open. */
export function newShopId(): string {
  return new ObjectId().toHexString();
}
