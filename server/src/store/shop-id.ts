/** All rows carry the id of a shop, so that one store can hold several; today there is one. */
export const SHOP_ID = 'main';
