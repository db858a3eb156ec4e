// Which answers an action of the journal makes out of date.

const RATES = ['prices', 'products', 'predictions', 'analytics'];
const STONES = ['prices', 'predictions'];

/** First words of query keys, by the first word of an action or by all of it. A feature that keeps more answers adds them here. */
const TOUCHED: Record<string, readonly string[]> = {
  product: ['products', 'analytics'],
  customer: ['customers', 'khata', 'analytics'],
  khata: ['customers', 'khata', 'analytics'],
  // Whether an order's debit stands.
  'khata.reversed': ['orders'],
  order: ['orders', 'products', 'customers', 'khata', 'analytics'],
  sale: ['sales', 'products', 'customers', 'khata', 'analytics'],
  metal_price: RATES,
  // Many at once, from a file.
  metal_prices: RATES,
  diamond_price: STONES,
  diamond_prices: STONES,
  model: ['predictions'],
  forecast: ['predictions'],
  training: ['predictions'],
  reference: ['predictions'],
  user: ['users'],
  settings: ['settings', 'products', 'predictions'],
  image: ['products'],
  backup: ['backups'],
};

export function outdatedBy(action: string): string[] {
  const noun = action.split('.', 1)[0] ?? '';
  return [...(TOUCHED[noun] ?? []), ...(TOUCHED[action] ?? []), 'journal'];
}
