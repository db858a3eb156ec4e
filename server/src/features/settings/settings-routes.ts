// What the owner decides for the whole shop: read by staff, changed by who may write settings, every change journalled.

import { Data } from '../../contract/envelope.ts';
import { SettingsBody, SettingsWire } from '../../contract/settings.ts';
import { refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toSettingsChanges, toSettingsWire } from './settings-wire.ts';

const example = {
  shop_name: 'Swati Jewellers',
  shop_address: '12 MG Road, Pune',
  shop_phone: '+91 20 2553 0000',
  gstin: '27ABCDE1234F1Z5',
  upi_id: 'swati@bank',
  language: 'en',
  making_charge: { type: 'percent', value: 15 },
  guard: { hold_percent: 4, sigmas: 6, refuse_percent: 25, confirm_percent: 1 },
  credit_rule: 'warn',
  credit_limit: 50000,
  cash_limit: 200000,
  strict_stock: false,
  totp_roles: ['admin'],
  stone_prices: { rupees_per_dollar: 84.5, market_factor: 1 },
  version: 2,
  updated_at: '2026-01-15T10:30:00.123Z',
};

export function settingsRoutes(shop: Shop): Route[] {
  return [readRoute(shop), changeRoute(shop)];
}

function readRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/settings',
    access: 'settings.read',
    tag: 'Settings',
    summary: "Read the shop's settings",
    reply: Data(SettingsWire),
    example: { success: true, data: example },
    handle: async ({ versioned }) => {
      const settings = await store.settings.get();
      versioned(settings.version);
      return { success: true, data: toSettingsWire(settings) };
    },
  });
}

function changeRoute({ store }: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/settings',
    access: 'settings.write',
    tag: 'Settings',
    summary: 'Change settings',
    description:
      'Only the fields that are sent change, inside `guard` and `stone_prices` too. `totp_roles` is for an admin.',
    body: SettingsBody,
    reply: Data(SettingsWire),
    errors: ['stale_version'],
    example: { success: true, data: example },
    handle: async ({ body, user, ifVersion, by, wrote, versioned }) => {
      // Whom it protects must not be able to switch it off.
      if (body.totp_roles !== undefined && user?.role !== 'admin')
        throw refuse('forbidden', { details: 'Only an admin says whose accounts need sign-in codes' });
      const settings = wrote(await store.settings.change(toSettingsChanges(body), ifVersion, by));
      versioned(settings.version);
      return { success: true, data: toSettingsWire(settings) };
    },
  });
}
