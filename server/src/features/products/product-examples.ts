// One piece as the documentation shows it.

import { PAGE_EXAMPLE } from '../../contract/envelope.ts';
import type { PriceWorkingWire, ProductWire } from '../../contract/product.ts';

export const EXAMPLE_PRODUCT: ProductWire = {
  id: '65f0c0ffee0123456789abcd',
  version: 3,
  name: 'Gold ring',
  category: 'Ring',
  base_price: 25000,
  weight: 5,
  gold_purity: '916',
  description: 'With a border of paisley',
  image_url: '/uploads/products/0123456789abcdef0123456789abcdef_20260115103000.png',
  stock_quantity: 10,
  status: 'published',
  published_at: '2026-01-15T10:30:00.123Z',
  is_active: true,
  making_charge: null,
  stones_amount: 0,
  created_at: '2026-01-15T10:30:00.123Z',
  updated_at: '2026-01-15T10:30:00.123Z',
  current_price: 37375,
};

export const EXAMPLE_PAGE = {
  success: true,
  data: [EXAMPLE_PRODUCT],
  pagination: PAGE_EXAMPLE,
};

export const EXAMPLE_PRICE: PriceWorkingWire = {
  current_price: 37375,
  currency: 'INR',
  as_of: '2026-01-15T10:30:00.123Z',
  rate: {
    id: '65d0c0ffee0123456789abcd',
    purity: '916',
    price_per_gram: 6500,
    date: '2026-01-15T00:00:00.000Z',
  },
  gold_purity: '916',
  net_weight: 5,
  fine_weight: 4.58,
  lines: [
    { part: 'metal', amount: 32500, rule: '5.000 g x ₹6,500.00/g (916, 2026-01-15) x 916/916' },
    { part: 'making', amount: 4875, rule: "15% of the metal value (the shop's rule)" },
  ],
  making_charge: { type: 'percent', value: 15 },
  making_from: 'shop',
};

export const EXAMPLE_WORKING = {
  success: true,
  data: { product_id: EXAMPLE_PRODUCT.id, ...EXAMPLE_PRICE },
};
