// The bytes of an export. Runs on a thread of its own, with a reader of its own: nothing here may touch a request.

import type { ExportFormat, ExportJob, ExportRows, ListTable } from '../../domain/export.ts';
import type { ExportReader } from '../../store/export-store.ts';
import { toCustomerWire } from '../customers/customer-wire.ts';
import { toExportWire } from '../khata/khata-wire.ts';
import { toOrderWire } from '../orders/order-wire.ts';
import { toDiamondPriceWire, toMetalPriceWire } from '../prices/price-wire.ts';
import { toProductWire } from '../products/product-wire.ts';
import { toSaleWire } from '../sales/sale-wire.ts';
import type { Column } from './column.ts';
import {
  CUSTOMER_COLUMNS,
  DIAMOND_PRICE_COLUMNS,
  KHATA_COLUMNS,
  METAL_PRICE_COLUMNS,
  ORDER_COLUMNS,
  productColumns,
  SALE_COLUMNS,
} from './columns.ts';
import { csvBytes } from './write-csv.ts';
import { jsonBytes } from './write-json.ts';
import { xlsxBytes } from './write-xlsx.ts';
import { zipBytes } from './write-zip.ts';

/** How a table looks as columns and on the wire. */
interface TableForm<Row> {
  columns: readonly Column<Row>[];
  toWire: (row: Row) => object;
}

async function tableForms(
  reader: ExportReader,
  at: number,
): Promise<{ [T in ListTable]: TableForm<ExportRows[T]> }> {
  const board = await reader.board(at);
  return {
    sales: { columns: SALE_COLUMNS, toWire: toSaleWire },
    orders: { columns: ORDER_COLUMNS, toWire: toOrderWire },
    khata: { columns: KHATA_COLUMNS, toWire: toExportWire },
    customers: { columns: CUSTOMER_COLUMNS, toWire: toCustomerWire },
    products: { columns: productColumns(board), toWire: (product) => toProductWire(product, board) },
    metal_prices: { columns: METAL_PRICE_COLUMNS, toWire: toMetalPriceWire },
    diamond_prices: { columns: DIAMOND_PRICE_COLUMNS, toWire: toDiamondPriceWire },
  };
}

export async function* exportBytes(reader: ExportReader, job: ExportJob): AsyncGenerator<Buffer> {
  if (job.table === 'all') return yield* zipBytes(reader, job);
  const forms = await tableForms(reader, job.at);
  // One table's form, filter and rows belong together, which the compiler cannot see across a union.
  const form = forms[job.table] as unknown as TableForm<never>;
  const pages = reader.pages<ListTable>(job.table, job.filter) as AsyncIterable<never[]>;
  yield* tableBytes(form, pages, job.format);
}

function tableBytes<Row>(
  { columns, toWire }: TableForm<Row>,
  pages: AsyncIterable<readonly Row[]>,
  format: ExportFormat,
): AsyncGenerator<Buffer> {
  switch (format) {
    case 'csv':
      return csvBytes(columns, pages);
    case 'xlsx':
      return xlsxBytes(columns, pages);
    case 'json':
      return jsonBytes(toWire, pages);
  }
}
