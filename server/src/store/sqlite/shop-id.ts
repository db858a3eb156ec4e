/** All rows carry a shop id, so that one store can hold several shops; today there is one. */
export const SHOP_ID = 'main';
