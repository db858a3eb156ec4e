// Makes a database out of a dump, in one that holds nothing yet. Nobody uses it until it is whole, so it is written
// without transactions; whoever calls this compares the dump of what was made with the one it was made of.

import type { Db } from 'mongodb';
import { addDays } from '../../../domain/period.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import { IMAGE_BYTES, readArchiveLine } from '../../archive/archive-page.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { GENESIS_HASH } from '../../books/journal-hash.ts';
import { SHOP_ID } from '../../shop-id.ts';
import { StoreRefused } from '../../store-refused.ts';
import { newRowId, toDocument } from '../codec.ts';
import { GridFiles } from '../grid-files.ts';
import type { CollectionName, CustomerRow, DayRow, ModelRow, ShopRow, StoredModel } from '../rows.ts';
import { SCHEMA } from '../schema/prepare.ts';
import { DAYS_KEPT } from '../writes/figures.ts';
import {
  fieldsOf,
  type Line,
  toCustomerRow,
  toProductRow,
  toStoneRows,
  toTradeRow,
  WHOLE_TABLES,
} from './rows-of-tables.ts';

/** Tables whose rows are parts of a document, or make several into one. */
const GATHERED: ReadonlySet<string> = new Set([
  ...['customer_figures', 'customers', 'daily_figures', 'images', 'khata_daily_debits', 'model_generations'],
  ...['models', 'order_lines', 'orders', 'payments', 'product_figures', 'products', 'reference_diamonds'],
  ...['sale_lines', 'sales', 'settings'],
]);
/** Batches on their way to the servers while the next ones are read. */
const WRITES_AT_ONCE = 4;

export interface LoadOptions {
  /** Prepared, and empty. */
  db: Db;
  /** The schema that the dump was made of. */
  schema: number;
  at: number;
}

/** Throws StoreRefused for a dump of another schema, or with tables that nobody knows. */
export async function loadDatabase(pages: AsyncIterable<ArchivePage>, options: LoadOptions): Promise<void> {
  const { db, schema, at } = options;
  if (schema !== SCHEMA) {
    const way = schema > SCHEMA ? 'install the newer program' : 'bring it over first';
    throw new StoreRefused(`it holds schema ${schema}, this program knows ${SCHEMA}: ${way}`);
  }
  const loading = new Loading(db, at);
  try {
    for await (const { table, lines } of pages) await loading.take(table, lines.map(readArchiveLine));
    await loading.finish();
  } finally {
    await loading.settled();
  }
}

class Loading {
  readonly #db: Db;
  readonly #at: number;
  readonly #gathered = new Map<string, Line[]>();
  readonly #imageFiles = new Map<string, { fileId: string }>();
  /** By customer, the position of the newest entry. */
  readonly #newest = new Map<string, number>();
  readonly #heads = new Map<string, { seq: number; hash: string }>();
  /** A write that failed stays, and fails whoever waits for it. */
  readonly #writing = new Set<Promise<void>>();

  constructor(db: Db, at: number) {
    this.#db = db;
    this.#at = at;
  }

  async take(table: string, lines: Line[]): Promise<void> {
    if (table === IMAGE_BYTES) return this.#saveImages(lines);
    if (GATHERED.has(table)) {
      this.#gathered.set(table, [...(this.#gathered.get(table) ?? []), ...lines]);
      return;
    }
    const known = WHOLE_TABLES[table];
    if (!known) throw new StoreRefused(`it holds ${table}, which schema ${SCHEMA} does not have`);
    for (const line of lines) this.#note(table, line);
    await this.#insert(
      known.collection,
      lines.map((line) => known.toRow(line)),
    );
  }

  /** What documents elsewhere say of the newest row. */
  #note(table: string, line: Line): void {
    if (table === 'khata_entries') {
      const customer = String(line.customer_id);
      this.#newest.set(customer, Math.max(this.#newest.get(customer) ?? 0, Number(line.position)));
    }
    if (table === 'journal') {
      this.#heads.set(String(line.shop_id), { seq: Number(line.seq), hash: String(line.hash) });
    }
  }

  async #saveImages(lines: Line[]): Promise<void> {
    const files = new GridFiles(this.#db, 'image_files', SHOP_ID);
    for (const { name, base64 } of lines) {
      const bytes = Buffer.from(String(base64), 'base64');
      this.#imageFiles.set(String(name), await files.save(String(name), bytes));
    }
  }

  async finish(): Promise<void> {
    await this.#insert('customers', this.#customers());
    await this.#insert('products', this.#products());
    const payments = Map.groupBy(this.#rows('payments'), ({ order_id: order, sale_id: sale }) =>
      String(order ?? sale),
    );
    for (const [table, lines, owner] of [
      ['orders', 'order_lines', 'order_id'],
      ['sales', 'sale_lines', 'sale_id'],
    ] as const) {
      const parts = Map.groupBy(this.#rows(lines), (line) => String(line[owner]));
      const whole = (row: Line): object =>
        toTradeRow(row, parts.get(String(row.id)) ?? [], payments.get(String(row.id)) ?? []);
      await this.#insert(table, this.#rows(table).map(whole));
    }
    await this.#insert('daily_figures', this.#days());
    await this.#insert('product_images', this.#images());
    await this.#insert('reference_diamonds', toStoneRows(this.#rows('reference_diamonds')));
    await this.#insert('models', await this.#models());
    await this.#insert('shops', this.#shops());
    await Promise.all(this.#writing);
  }

  /** Nothing is on its way any more: what came later would make a dropped database again. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#writing);
  }

  #rows(table: string): Line[] {
    return this.#gathered.get(table) ?? [];
  }

  #customers(): CustomerRow[] {
    const oldest = addDays(dayOf(this.#at), -DAYS_KEPT);
    const recent = this.#rows('khata_daily_debits').filter(({ day }) => String(day) >= oldest);
    const given = Map.groupBy(recent, (line) => String(line.customer_id));
    const bought = new Map(this.#rows('customer_figures').map((line) => [line.customer_id, line]));
    return this.#rows('customers').map((line) => {
      const id = String(line.id);
      const days = (given.get(id) ?? []).map(({ day, paise }) => ({
        day: String(day),
        paise: Number(paise),
      }));
      return toCustomerRow(line, bought.get(id), days, this.#newest.get(id) ?? 0);
    });
  }

  #products(): object[] {
    const sold = new Map(this.#rows('product_figures').map((line) => [line.product_id, line]));
    const ordered = new Set(this.#rows('order_lines').map((line) => line.product_id));
    return this.#rows('products').map((line) =>
      toProductRow(line, sold.get(String(line.id)), ordered.has(String(line.id))),
    );
  }

  #days(): DayRow[] {
    const days = Map.groupBy(this.#rows('daily_figures'), (line) => `${line.shop_id} ${line.day}`);
    return [...days.values()].map((lines) => ({
      id: newRowId(),
      shopId: String(lines[0]?.shop_id),
      day: String(lines[0]?.day),
      figures: lines.map((line) => fieldsOf(line, ['shop_id', 'day'])),
    }));
  }

  #images(): object[] {
    return this.#rows('images').map((line) => {
      const file = this.#imageFiles.get(String(line.name));
      if (!file) throw new StoreRefused(`it names the image ${line.name}, whose bytes it does not hold`);
      return { id: newRowId(), ...fieldsOf(line), fileId: file.fileId };
    });
  }

  async #models(): Promise<ModelRow[]> {
    const named = Map.groupBy(this.#rows('models'), (line) => `${line.shop_id} ${line.name}`);
    const rows: ModelRow[] = [];
    for (const slots of named.values()) {
      const stored = new Map<string, StoredModel>();
      for (const { shop_id: shop, name, slot, bytes, ...facts } of slots) {
        const file = await new GridFiles(this.#db, 'model_files', String(shop)).save(
          String(name),
          bytes as Uint8Array,
        );
        stored.set(String(slot), { ...fieldsOf<StoredModel>(facts), fileId: file.fileId });
      }
      const current = stored.get('current');
      if (!current) throw new StoreRefused(`it holds no current model of ${slots[0]?.name}`);
      const { shop_id: shop, name } = slots[0] as Line;
      const previous = stored.get('previous') ?? null;
      rows.push({ id: newRowId(), shopId: String(shop), name: String(name), current, previous });
    }
    return rows;
  }

  /** A shop that has a journal, settings or models has a document. */
  #shops(): ShopRow[] {
    const settings = new Map(this.#rows('settings').map((line) => [String(line.shop_id), line]));
    const models = new Map(this.#rows('model_generations').map((line) => [String(line.shop_id), line]));
    const ids = new Set([...this.#heads.keys(), ...settings.keys(), ...models.keys()]);
    return [...ids].map((id) => {
      const { fields = '{}', version = 1, updated_at: at = 0 } = settings.get(id) ?? {};
      const { seq, hash } = this.#heads.get(id) ?? { seq: 0, hash: GENESIS_HASH };
      return {
        ...{ id, shopId: id, seq, hash, settings: JSON.parse(String(fields)) },
        settingsVersion: Number(version),
        settingsUpdatedAt: Number(at),
        modelGeneration: Number(models.get(id)?.generation ?? 0),
      };
    });
  }

  async #insert(collection: CollectionName, rows: readonly object[]): Promise<void> {
    if (rows.length === 0) return;
    while (this.#writing.size >= WRITES_AT_ONCE) await Promise.race(this.#writing);
    const write = this.#db
      .collection(collection)
      .insertMany(rows.map(toDocument), { ordered: true })
      .then(() => void this.#writing.delete(write));
    this.#writing.add(write);
    // Whoever waits for it hears of a failure.
    write.catch(() => undefined);
  }
}
