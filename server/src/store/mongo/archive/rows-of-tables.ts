// The way back of tables.ts: the documents that the rows of an archive make. Whoever reads an archive meets its tables
// by name, so what belongs into one document is gathered until all of it was seen.

import type { ArchiveValue } from '../../archive/archive-page.ts';
import { newRowId } from '../codec.ts';
import type {
  BoughtFigures,
  CollectionName,
  CustomerRow,
  EntryRow,
  OrderRow,
  ProductRow,
  Rows,
  SaleRow,
  SavedRow,
  SoldFigures,
  UserRow,
} from '../rows.ts';
import { NOTHING_BOUGHT, NOTHING_SOLD } from '../writes/figures.ts';

export type Line = Record<string, ArchiveValue>;

/** Columns that are 0 or 1. */
const SWITCHES: ReadonlySet<string> = new Set(['is_active', 'appointed', 'held', 'by_status']);

/** The fields of a line, but for those that say which row it belongs to. */
export function fieldsOf<T>(line: Line, without: readonly string[] = []): T {
  const row: Record<string, unknown> = {};
  for (const [column, value] of Object.entries(line)) {
    if (without.includes(column)) continue;
    row[fieldOf(column)] = SWITCHES.has(column) ? value === 1 : value;
  }
  return row as T;
}

const FIELDS = new Map<string, string>();

/** The field of a column. The names are few, so each is made once. */
export function fieldOf(column: string): string {
  let field = FIELDS.get(column);
  if (field === undefined) {
    field = column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    FIELDS.set(column, field);
  }
  return field;
}

interface WholeTable {
  collection: CollectionName;
  toRow: (line: Line) => object;
}

/** Rows that have no id of their own in other stores. */
function withNewId(line: Line): object {
  return { ...fieldsOf<object>(line), id: newRowId() };
}

/** Tables of which each row is a document. */
export const WHOLE_TABLES: Readonly<Record<string, WholeTable>> = {
  diamond_prices: { collection: 'diamond_price_history', toRow: (line) => fieldsOf(line) },
  forecasts: { collection: 'forecasts', toRow: withNewId },
  journal: { collection: 'journal', toRow: withNewId },
  journal_payloads: { collection: 'journal_payloads', toRow: withNewId },
  khata_entries: { collection: 'khata_transactions', toRow: toEntry },
  known_addresses: {
    collection: 'known_addresses',
    toRow: ({ user_id: account = '', ...line }) => withNewId({ ...line, account }),
  },
  metal_prices: { collection: 'price_history', toRow: (line) => fieldsOf(line) },
  reference_gold: { collection: 'reference_gold', toRow: withNewId },
  saved_results: { collection: 'saved_results', toRow: toSaved },
  users: { collection: 'users', toRow: toUser },
};

function toEntry({ source_kind: kind, source_id: id, ...line }: Line): EntryRow {
  const source = kind === null || kind === undefined ? null : { kind, id };
  return { ...fieldsOf<EntryRow>(line), source: source as EntryRow['source'] };
}

function toSaved({ user_id: claimant, key, ...line }: Line): SavedRow {
  const keyed = key === null || key === undefined ? {} : { key: String(key) };
  const facts = { ...fieldsOf<SavedRow>(line), ...keyed, keyed: 'key' in keyed };
  return { ...facts, id: newRowId(), claimant: String(claimant) };
}

function toUser({ permissions, preferences, second_factor: factor, ...line }: Line): UserRow {
  return {
    ...fieldsOf<UserRow>(line),
    permissions: JSON.parse(String(permissions)),
    preferences: JSON.parse(String(preferences)),
    secondFactor: typeof factor === 'string' ? JSON.parse(factor) : null,
  };
}

/** `given`: the debits of the customer by day, as far back as is kept; `newest`: the position of the last entry. */
export function toCustomerRow(
  line: Line,
  bought: Line | undefined,
  given: CustomerRow['khataDays'],
  newest: number,
): CustomerRow {
  const figures = bought ? fieldsOf<BoughtFigures>(bought, ['shop_id', 'customer_id']) : NOTHING_BOUGHT;
  return { ...fieldsOf<CustomerRow>(line), khataPosition: newest, khataDays: given, bought: figures };
}

export function toProductRow(line: Line, sold: Line | undefined, everOrdered: boolean): ProductRow {
  const { making_kind: kind, making_value: value, ...columns } = line;
  const field = { percent: 'basisPoints', per_gram: 'paisePerGram', fixed: 'paise' }[String(kind)];
  const making = field === undefined ? null : { kind, [field]: value };
  const figures = sold ? fieldsOf<SoldFigures>(sold, ['shop_id', 'product_id']) : NOTHING_SOLD;
  return {
    ...fieldsOf<ProductRow>(columns),
    makingCharge: making as ProductRow['makingCharge'],
    figures: { ...figures, everOrdered },
  };
}

/** An order or a sale with its lines and payments, each in their order. */
export function toTradeRow<R extends OrderRow | SaleRow>(
  line: Line,
  lines: readonly Line[],
  payments: readonly Line[],
): R {
  const owner = ['shop_id', 'order_id', 'sale_id', 'position'];
  const inOrder = (rows: readonly Line[]) =>
    rows
      .toSorted((a, b) => Number(a.position) - Number(b.position))
      .map((row) => fieldsOf<Record<string, unknown>>(row, owner));
  return { ...fieldsOf<R>(line), lines: inOrder(lines), payments: inOrder(payments) };
}

const STONES_IN_A_PART = 1000;

/** Stones in the order of their numbers, a thousand a document. */
export function toStoneRows(stones: readonly Line[]): Rows['reference_diamonds'][] {
  const rows: Rows['reference_diamonds'][] = [];
  for (let from = 0; from < stones.length; from += STONES_IN_A_PART) {
    const part = stones.slice(from, from + STONES_IN_A_PART);
    const column = <T>(name: string): T[] => part.map((stone) => stone[name] as T);
    rows.push({
      id: newRowId(),
      shopId: String(part[0]?.shop_id),
      part: from / STONES_IN_A_PART,
      count: part.length,
      milliCarat: column('milli_carat'),
      cut: column('cut'),
      color: column('color'),
      clarity: column('clarity'),
      depth: column('depth_percent'),
      table: column('table_percent'),
      x: column('x'),
      y: column('y'),
      z: column('z'),
      dollars: column('dollars'),
    });
  }
  return rows;
}
