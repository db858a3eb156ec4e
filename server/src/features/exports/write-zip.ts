// Everything as one zip: a CSV file for each table, and a manifest with their row counts and SHA-256 sums.

import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import type { WholeExport } from '../../domain/export.ts';
import type { Order } from '../../domain/order.ts';
import type { Sale } from '../../domain/sale.ts';
import { toInstant } from '../../http/wire.ts';
import type { ExportReader } from '../../store/export-store.ts';
import type { Column } from './column.ts';
import {
  CUSTOMER_COLUMNS,
  DIAMOND_PRICE_COLUMNS,
  JOURNAL_COLUMNS,
  KHATA_COLUMNS,
  LINE_COLUMNS,
  METAL_PRICE_COLUMNS,
  ORDER_COLUMNS,
  PAYMENT_COLUMNS,
  productColumns,
  SALE_COLUMNS,
  USER_COLUMNS,
} from './columns.ts';
import { csvBytes } from './write-csv.ts';

interface Listed {
  name: string;
  rows?: number;
  bytes: number;
  sha256: string;
}

export async function* zipBytes(reader: ExportReader, job: WholeExport): AsyncGenerator<Buffer> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  const writing = fill(zip, reader, job);
  zip.once('error', (error: Error) => output.destroy(error));
  writing.catch((error: Error) => output.destroy(error));
  yield* output as AsyncIterable<Buffer>;
  await writing;
}

async function fill(zip: ZipFile, reader: ExportReader, { at, images }: WholeExport): Promise<void> {
  const files: Listed[] = [];
  for await (const { name, columns, pages } of allTables(reader, at)) {
    const counted = { rows: 0 };
    const bytes = csvBytes(columns, count(pages, counted));
    files.push({ ...(await addFile(zip, `${name}.csv`, bytes)), rows: counted.rows });
  }
  if (images) {
    for await (const image of reader.images()) {
      files.push(await addFile(zip, `images/${image.name}`, [Buffer.from(image.bytes)], false));
    }
  }
  const manifest = { made_at: toInstant(at), images, settings: await reader.settings(), files };
  zip.addBuffer(Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`), 'manifest.json');
  zip.end();
}

/** Adds a file as it is made, and answers its size and sum once it is in the zip. */
async function addFile(
  zip: ZipFile,
  name: string,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  compress = true,
): Promise<Listed> {
  const hash = createHash('sha256');
  let bytes = 0;
  const into = new PassThrough();
  zip.addReadStream(into, name, compress ? { compressionLevel: 1 } : { compress });
  await pipeline(
    Readable.from(chunks, { objectMode: false }),
    async function* (source: AsyncIterable<Buffer>) {
      for await (const chunk of source) {
        hash.update(chunk);
        bytes += chunk.length;
        yield chunk;
      }
    },
    into,
  );
  return { name, bytes, sha256: hash.digest('hex') };
}

async function* count<Row>(
  pages: AsyncIterable<readonly Row[]>,
  counted: { rows: number },
): AsyncGenerator<readonly Row[]> {
  for await (const rows of pages) {
    counted.rows += rows.length;
    yield rows;
  }
}

/** The columns of a file with its rows, whatever they are. */
interface TableFile {
  name: string;
  columns: readonly Column<never>[];
  pages: AsyncIterable<never[]>;
}

function file<Row>(name: string, columns: readonly Column<Row>[], pages: AsyncIterable<Row[]>): TableFile {
  return { name, columns, pages: pages as AsyncIterable<never[]> };
}

async function* allTables(reader: ExportReader, at: number): AsyncGenerator<TableFile> {
  const products = productColumns(await reader.board(at));
  yield file('customers', CUSTOMER_COLUMNS, reader.pages('customers', {}));
  yield file('customers_removed', CUSTOMER_COLUMNS, reader.pages('customers', { isRemoved: true }));
  yield file('products', products, reader.pages('products', {}));
  yield file('products_removed', products, reader.pages('products', { isRemoved: true }));
  yield file('sales', SALE_COLUMNS, reader.pages('sales', {}));
  yield file('sale_lines', LINE_COLUMNS, linesOf(reader.pages('sales', {})));
  yield file('sale_payments', PAYMENT_COLUMNS, paymentsOf(reader.pages('sales', {})));
  yield file('orders', ORDER_COLUMNS, reader.pages('orders', {}));
  yield file('order_lines', LINE_COLUMNS, linesOf(reader.pages('orders', {})));
  yield file('order_payments', PAYMENT_COLUMNS, paymentsOf(reader.pages('orders', {})));
  yield file('khata_transactions', KHATA_COLUMNS, reader.pages('khata', {}));
  for (const metal of ['gold', 'silver', 'platinum'] as const) {
    const pages = reader.pages('metal_prices', { metal, includeHeld: true });
    yield file(`prices_${metal}`, METAL_PRICE_COLUMNS, pages);
  }
  yield file('prices_diamond', DIAMOND_PRICE_COLUMNS, reader.pages('diamond_prices', {}));
  yield file('users', USER_COLUMNS, reader.pages('users', {}));
  yield file('journal', JOURNAL_COLUMNS, reader.pages('journal', {}));
}

async function* linesOf(pages: AsyncIterable<(Sale | Order)[]>) {
  for await (const owners of pages) {
    yield owners.flatMap(({ id: ownerId, lines }) => lines.map((line) => ({ ownerId, line })));
  }
}

async function* paymentsOf(pages: AsyncIterable<(Sale | Order)[]>) {
  for await (const owners of pages) {
    yield owners.flatMap(({ id: ownerId, payments }) => payments.map((payment) => ({ ownerId, payment })));
  }
}
