// The places of the console, in the order of the rail. A screen has one line here and its route in router.tsx.

import {
  IconBook2,
  IconCashRegister,
  IconChartBar,
  IconChartLine,
  IconDiamond,
  IconHistory,
  IconHome,
  type IconProps,
  IconSettings,
  IconShoppingBag,
  IconTag,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { Permission } from '../api/session.ts';
import type { frameWords } from './words/frame-words.ts';

export interface Place {
  to:
    | '/today'
    | '/sale'
    | '/orders'
    | '/products'
    | '/customers'
    | '/prices'
    | '/forecasts'
    | '/analytics'
    | '/journal'
    | '/settings';
  word: keyof typeof frameWords.en &
    (
      | 'today'
      | 'customers'
      | 'sale'
      | 'orders'
      | 'products'
      | 'prices'
      | 'forecasts'
      | 'analytics'
      | 'journal'
      | 'settings'
    );
  icon: ComponentType<IconProps>;
  /** `G`, then this letter. */
  key: string;
  /** Whoever lacks it does not see the place. */
  permission?: Permission;
  /** Stands in the bar at the foot of a phone; the others are under More. */
  onPhone?: boolean;
}

export const PLACES: readonly Place[] = [
  { to: '/today', word: 'today', icon: IconHome, key: 't', onPhone: true },
  { to: '/sale', word: 'sale', icon: IconCashRegister, key: 's', permission: 'sales.write', onPhone: true },
  { to: '/orders', word: 'orders', icon: IconShoppingBag, key: 'o', permission: 'orders.read' },
  { to: '/products', word: 'products', icon: IconDiamond, key: 'c', onPhone: true },
  {
    to: '/customers',
    word: 'customers',
    icon: IconBook2,
    key: 'k',
    permission: 'customers.read',
    onPhone: true,
  },
  { to: '/prices', word: 'prices', icon: IconTag, key: 'p' },
  { to: '/forecasts', word: 'forecasts', icon: IconChartLine, key: 'f' },
  { to: '/analytics', word: 'analytics', icon: IconChartBar, key: 'a', permission: 'analytics.read' },
  { to: '/journal', word: 'journal', icon: IconHistory, key: 'j', permission: 'journal.read' },
  { to: '/settings', word: 'settings', icon: IconSettings, key: 'e', permission: 'settings.read' },
];
