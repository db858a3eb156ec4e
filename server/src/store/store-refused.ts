/** The store cannot be used as it is: exit 78, one line for people. */
export class StoreRefused extends Error {
  override name = 'StoreRefused';
}
