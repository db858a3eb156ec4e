/** One database holds one shop today; every key begins with its id. */
export const SHOP_ID = 'main';
