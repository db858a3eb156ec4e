/** The older backend's collections, in the order in which they refer to each other. */
export const OLDER_COLLECTIONS = [
  ...(['users', 'products', 'customers', 'khata_transactions', 'orders', 'sales'] as const),
  ...(['price_history', 'diamond_price_history'] as const),
];
