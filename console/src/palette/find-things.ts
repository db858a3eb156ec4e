// What the palette finds beyond places: one line a kind of thing. A feature adds its own here.

import { IconDiamond, type IconProps, IconShoppingBag, IconUser } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { can, type Permission } from '../api/session.ts';
import { findCustomers } from '../features/customers/customer-queries.ts';
import { findOrders } from '../features/orders/order-queries.ts';
import { findPieces } from '../features/products/find-pieces.ts';
import { formatRupees } from '../format/money.ts';
import { formatGrams } from '../format/number.ts';
import { formatPhone } from '../format/phone.ts';
import type { paletteWords } from './words/palette-words.ts';

export interface Found {
  id: string;
  title: string;
  note: string;
  /** An address of the console, as `/customers/65e0...`. */
  to: string;
}

interface Finder {
  word: ('customers' | 'orders' | 'products') & keyof typeof paletteWords.en;
  icon: ComponentType<IconProps>;
  /** Without it, everyone may. */
  permission?: Permission;
  find: (text: string, signal: AbortSignal) => Promise<Found[]>;
}

const MOST_OF_A_KIND = 6;

const FINDERS: readonly Finder[] = [
  {
    word: 'customers',
    icon: IconUser,
    permission: 'customers.read',
    find: async (text, signal) => {
      const customers = await findCustomers(text, signal);
      return customers.map(({ id, name, phone_e164: phone, current_balance: balance }) => ({
        id,
        title: name,
        note: `${formatPhone(phone)} · ${formatRupees(balance)}`,
        to: `/customers/${id}`,
      }));
    },
  },
  {
    word: 'orders',
    icon: IconShoppingBag,
    permission: 'orders.read',
    find: async (text, signal) => {
      const orders = await findOrders(text, signal);
      return orders.map(({ id, order_number: number, customer_name: name, total_amount: total }) => ({
        id,
        title: number,
        note: `${name} · ${formatRupees(total)}`,
        to: `/orders/${id}`,
      }));
    },
  },
  {
    word: 'products',
    icon: IconDiamond,
    find: async (text, signal) => {
      const pieces = await findPieces(text, signal);
      return pieces.map(({ id, name, weight, current_price: price, base_price: listPrice }) => ({
        id,
        title: name,
        note: `${formatGrams(weight)} · ${formatRupees(price ?? listPrice)}`,
        to: `/products/${id}`,
      }));
    },
  },
];

export interface FoundGroup extends Pick<Finder, 'word' | 'icon'> {
  found: Found[];
}

/** Everything that fits the text and that the person may see. */
export async function findThings(text: string, signal: AbortSignal): Promise<FoundGroup[]> {
  const allowed = FINDERS.filter(({ permission }) => permission === undefined || can(permission));
  const groups = await Promise.all(
    allowed.map(async ({ word, icon, find }) => ({
      word,
      icon,
      found: (await find(text, signal)).slice(0, MOST_OF_A_KIND),
    })),
  );
  return groups.filter(({ found }) => found.length > 0);
}
