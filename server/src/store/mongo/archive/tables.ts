// The rows of a backup as every store tells them (store/archive): which document makes which rows of which table.

import type { Product } from '../../../domain/product.ts';
import { toArchiveLine } from '../../archive/archive-page.ts';
import type {
  BoughtFigures,
  CollectionName,
  CustomerRow,
  EntryRow,
  OrderRow,
  ProductRow,
  Rows,
  SavedRow,
  ShopRow,
  UserRow,
} from '../rows.ts';
import { fieldOf } from './rows-of-tables.ts';

type Line = Record<string, unknown>;

export interface ArchivedTable<C extends CollectionName = CollectionName> {
  name: string;
  collection: C;
  /** The order of the documents, which is that of the table's key. */
  sort: Record<string, 1 | -1>;
  lines: (row: Rows[C]) => Line[];
}

/** The named columns of a row: the same facts, booleans as 0 and 1. */
function columns(row: object, names: string): Line {
  const line: Line = {};
  for (const name of names.split(' ')) {
    const value = (row as Record<string, unknown>)[fieldOf(name)];
    line[name] = typeof value === 'boolean' ? Number(value) : value;
  }
  return line;
}

function plain<C extends CollectionName>(
  name: string,
  collection: C,
  names: string,
  sort: ArchivedTable['sort'] = { _id: 1 },
): ArchivedTable {
  const lines = (row: Rows[C]): Line[] => [columns(row, `shop_id ${names}`)];
  return { name, collection, sort, lines } as unknown as ArchivedTable;
}

function table<C extends CollectionName>(one: ArchivedTable<C>): ArchivedTable {
  return one as unknown as ArchivedTable;
}

const LINE = 'product_id product_name quantity taken_quantity unit_price_paise net_weight_mg gold_purity';
const FACTS = 'version trained_at data_points basis seen_position metrics details byte_count sha256';
const CUSTOMER = `id version name search_name phone phone_e164 email address language credit_limit_paise balance_paise
  is_active created_at updated_at khata_entries khata_debits_paise khata_credits_paise`;
const ORDER = `id version order_number customer_id customer_name customer_phone customer_email customer_address
  search_text subtotal_paise tax_paise discount_paise total_paise status payment_status payment_method khata_entry_id
  notes admin_notes created_at updated_at completed_at cancelled_at`;
const SALE = `id customer_id customer_name total_paise discount_paise final_paise payment_status payment_method
  khata_entry_id notes created_at created_by`;
const PRODUCT = `id version name category base_price_paise net_weight_mg gold_purity description image_url
  stock_quantity status published_at stones_paise search_text is_active created_at updated_at`;
const JOURNAL = `seq format at actor_kind actor_id actor_name request_id action subject_type subject_id payload_hash
  prev_hash hash`;
const ENTRY = `position id customer_id type amount_paise balance_after_paise description payment_method
  reference_number created_at created_by reverses`;
const FORECAST = `metal purity made_on target_day horizon_days last_paise median_paise lower_80_paise upper_80_paise
  lower_95_paise upper_95_paise model_version scored_at outcome_paise outcome_day`;
const one = (names: string): string => names.replace(/\s+/g, ' ');

/** All tables whose rows follow from single documents, but for the bytes of images and models. */
export const ARCHIVED_TABLES: readonly ArchivedTable[] = [
  table({ name: 'customer_figures', collection: 'customers', sort: { _id: 1 }, lines: boughtLines }),
  plain('customers', 'customers', one(CUSTOMER)),
  table({
    name: 'daily_figures',
    collection: 'daily_figures',
    sort: { day: 1 },
    lines: ({ shopId, day, figures }) =>
      figures
        .toSorted((a, b) => (a.figure < b.figure ? -1 : 1))
        .map((figure) => columns({ shopId, day, ...figure }, 'shop_id day figure count paise fine_mg')),
  }),
  plain(
    'diamond_prices',
    'diamond_price_history',
    'id milli_carat cut color clarity price_paise at day source position created_at place',
  ),
  plain('forecasts', 'forecasts', one(FORECAST), { metal: 1, purity: 1, made_on: 1, target_day: 1 }),
  plain('images', 'product_images', 'name content_type byte_count sha256 created_at', { name: 1 }),
  plain('journal', 'journal', one(JOURNAL), { seq: 1 }),
  plain('journal_payloads', 'journal_payloads', 'seq salt before after', { seq: 1 }),
  table({
    name: 'khata_entries',
    collection: 'khata_transactions',
    sort: { position: 1 },
    lines: (row: EntryRow) => [
      {
        ...columns(row, `shop_id ${one(ENTRY)}`),
        source_kind: row.source?.kind,
        source_id: row.source?.id,
      },
    ],
  }),
  table({
    name: 'known_addresses',
    collection: 'known_addresses',
    sort: { account: 1, address: 1 },
    lines: (row) => [{ ...columns(row, 'shop_id address last_at'), user_id: row.account }],
  }),
  plain(
    'metal_prices',
    'price_history',
    'id metal purity paise_per_gram at day source held position created_at place',
  ),
  table({
    name: 'model_generations',
    collection: 'shops',
    sort: { _id: 1 },
    lines: ({ shopId, modelGeneration: generation }: ShopRow) =>
      generation === 0 ? [] : [{ shop_id: shopId, generation }],
  }),
  table({
    name: 'order_lines',
    collection: 'orders',
    sort: { _id: 1 },
    lines: ({ shopId, id, lines }) =>
      lines.map((line, position) => ({
        ...columns(line, `${LINE} product_category total_paise`),
        ...{ shop_id: shopId, order_id: id, position },
      })),
  }),
  plain('orders', 'orders', one(ORDER)),
  table({
    name: 'payments',
    collection: 'sales',
    sort: { _id: 1 },
    lines: (row) => paymentLines(row, null, row.id),
  }),
  table({
    name: 'payments',
    collection: 'orders',
    sort: { _id: 1 },
    lines: (row) => paymentLines(row, row.id, null),
  }),
  table({ name: 'product_figures', collection: 'products', sort: { _id: 1 }, lines: soldLines }),
  table({
    name: 'products',
    collection: 'products',
    sort: { _id: 1 },
    lines: (row) => [{ ...columns(row, `shop_id ${one(PRODUCT)}`), ...makingOf(row.makingCharge) }],
  }),
  table({
    name: 'reference_diamonds',
    collection: 'reference_diamonds',
    sort: { part: 1 },
    lines: stoneLines,
  }),
  plain('reference_gold', 'reference_gold', 'month paise_per_gram rupees_per_dollar', { month: 1 }),
  table({
    name: 'sale_lines',
    collection: 'sales',
    sort: { _id: 1 },
    lines: ({ shopId, id, lines }) =>
      lines.map((line, position) => ({ ...columns(line, LINE), shop_id: shopId, sale_id: id, position })),
  }),
  plain('sales', 'sales', one(SALE)),
  table({
    name: 'saved_results',
    collection: 'saved_results',
    sort: { at: 1, claimant: 1, fingerprint: 1, request_id: 1 },
    lines: (row: SavedRow) => [
      {
        ...columns(row, 'shop_id key fingerprint retries at position request_id outcome'),
        user_id: row.claimant,
      },
    ],
  }),
  table({
    name: 'settings',
    collection: 'shops',
    sort: { _id: 1 },
    lines: ({ shopId, settings, settingsVersion: version, settingsUpdatedAt: at }: ShopRow) =>
      version === 1 ? [] : [{ shop_id: shopId, fields: JSON.stringify(settings), version, updated_at: at }],
  }),
  table({
    name: 'users',
    collection: 'users',
    sort: { _id: 1 },
    lines: (row: UserRow) => [
      {
        ...columns(row, 'shop_id id username email password_hash role appointed is_active auth_version'),
        ...columns(row, 'created_at updated_at last_login'),
        permissions: JSON.stringify(row.permissions),
        preferences: JSON.stringify(row.preferences),
        second_factor: row.secondFactor ? JSON.stringify(row.secondFactor) : null,
      },
    ],
  }),
];

export function modelLine(
  shopId: string,
  name: string,
  slot: string,
  model: object,
  bytes: Uint8Array,
): string {
  return toArchiveLine({ ...columns(model, FACTS), shop_id: shopId, name, slot, bytes });
}

/** Whoever never bought anything has no row. */
function boughtLines({ shopId, id, bought }: CustomerRow): Line[] {
  if (bought.sales === 0 && bought.firstOrderAt === null) return [];
  const names = 'sales sales_paise last_sale_at orders orders_paise last_order_at first_order_at';
  return [{ ...columns(bought satisfies BoughtFigures, names), shop_id: shopId, customer_id: id }];
}

/** What was never sold has no row; what was ordered once has one, also when all of it was cancelled. */
function soldLines({ shopId, id, figures }: ProductRow): Line[] {
  if (figures.sold === 0 && !figures.everOrdered) return [];
  const names =
    'sold sold_paise sold_fine_mg last_sale_at ordered ordered_paise ordered_fine_mg last_order_at';
  return [{ ...columns(figures, names), shop_id: shopId, product_id: id }];
}

function paymentLines(
  row: { shopId: string } & Pick<OrderRow, 'payments'>,
  orderId: string | null,
  saleId: string | null,
): Line[] {
  return row.payments.map((payment, position) => ({
    ...columns(payment, 'method amount_paise reference at by_status'),
    ...{ shop_id: row.shopId, order_id: orderId, sale_id: saleId, position },
  }));
}

function makingOf(making: Product['makingCharge']): Line {
  if (making === null) return { making_kind: null, making_value: null };
  const values = { percent: 'basisPoints', per_gram: 'paisePerGram', fixed: 'paise' } as const;
  const value = (making as unknown as Record<string, number>)[values[making.kind]];
  return { making_kind: making.kind, making_value: value };
}

const STONES_IN_A_PART = 1000;

function stoneLines(row: Rows['reference_diamonds']): Line[] {
  return row.milliCarat.map((milliCarat, place) => ({
    shop_id: row.shopId,
    n: row.part * STONES_IN_A_PART + place + 1,
    milli_carat: milliCarat,
    cut: row.cut[place],
    color: row.color[place],
    clarity: row.clarity[place],
    depth_percent: row.depth[place],
    table_percent: row.table[place],
    x: row.x[place],
    y: row.y[place],
    z: row.z[place],
    dollars: row.dollars[place],
  }));
}
