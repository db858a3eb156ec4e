// The contract and the domain each know the closed lists of the shop, as neither may import the other. Here they meet.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TSchema } from 'typebox';
import { MeWire, PermissionWire, PreferencesWire } from '../src/contract/account.ts';
import { KhataEntryWire } from '../src/contract/khata.ts';
import { BuyerRankingWire, IntervalWire, ProductRankingWire, SourceWire } from '../src/contract/metrics.ts';
import { OrderWire } from '../src/contract/order.ts';
import { PaymentMethodWire } from '../src/contract/payment.ts';
import { DiamondPriceWire, MetalPriceWire } from '../src/contract/price.ts';
import { BulkProductsBody, NewProductBody, ProductWire } from '../src/contract/product.ts';
import { SaleWire } from '../src/contract/sale.ts';
import { SettingsWire } from '../src/contract/settings.ts';
import { BUYER_RANKINGS, PRODUCT_RANKINGS, SOLD_SOURCES } from '../src/domain/analytics.ts';
import { ENTRY_TYPES, KHATA_METHODS } from '../src/domain/khata.ts';
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../src/domain/order.ts';
import { PAYMENT_METHODS } from '../src/domain/payment.ts';
import { INTERVALS } from '../src/domain/period.ts';
import { PERMISSIONS, ROLES } from '../src/domain/permissions.ts';
import { CLARITIES, COLORS, CUTS, METALS } from '../src/domain/price.ts';
import { BULK_ACTIONS, CATEGORIES, PRODUCT_PURITIES, PRODUCT_STATUSES } from '../src/domain/product.ts';
import { SALE_PAYMENT_STATUSES } from '../src/domain/sale.ts';
import { CREDIT_RULES } from '../src/domain/settings.ts';
import { LANGUAGES, THEMES } from '../src/domain/user.ts';

const LISTS: Record<string, [TSchema, readonly string[]]> = {
  permissions: [PermissionWire, PERMISSIONS],
  roles: [MeWire.properties.role, ROLES],
  languages: [PreferencesWire.properties.language, LANGUAGES],
  themes: [PreferencesWire.properties.theme, THEMES],
  categories: [NewProductBody.properties.category, CATEGORIES],
  'purities of pieces': [ProductWire.properties.gold_purity, PRODUCT_PURITIES],
  'statuses of pieces': [ProductWire.properties.status, PRODUCT_STATUSES],
  'actions on many pieces': [BulkProductsBody.properties.action, BULK_ACTIONS],
  'statuses of orders': [OrderWire.properties.status, ORDER_STATUSES],
  'payment statuses of orders': [OrderWire.properties.payment_status, ORDER_PAYMENT_STATUSES],
  'payment statuses of sales': [SaleWire.properties.payment_status, SALE_PAYMENT_STATUSES],
  'methods of payment': [PaymentMethodWire, PAYMENT_METHODS],
  'types of khata entries': [KhataEntryWire.properties.transaction_type, ENTRY_TYPES],
  'methods of khata payments': [KhataEntryWire.properties.payment_method, KHATA_METHODS],
  metals: [MetalPriceWire.properties.metal_type, METALS],
  cuts: [DiamondPriceWire.properties.cut, CUTS],
  colours: [DiamondPriceWire.properties.color, COLORS],
  clarities: [DiamondPriceWire.properties.clarity, CLARITIES],
  intervals: [IntervalWire, INTERVALS],
  'sources of what was sold': [SourceWire, SOLD_SOURCES],
  'rankings of products': [ProductRankingWire, PRODUCT_RANKINGS],
  'rankings of customers': [BuyerRankingWire, BUYER_RANKINGS],
  'credit rules': [SettingsWire.properties.credit_rule, CREDIT_RULES],
  'roles that may need sign-in codes': [SettingsWire.properties.totp_roles.items, ROLES],
};

function valuesOf(schema: TSchema): (string | null)[] {
  return ((schema as { enum?: (string | null)[] }).enum ?? []).filter((value) => value !== null);
}

describe('closed lists', () => {
  for (const [name, [wire, domain]] of Object.entries(LISTS)) {
    it(`${name} are the same on the wire and in the shop`, () => {
      assert.deepEqual(valuesOf(wire), domain);
    });
  }
});
