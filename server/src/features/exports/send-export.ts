// Answers a list as a file: all rows that its filters let through, not a page of them. Who took what is in the journal.

import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { EXPORT_FORMATS, type ExportFormat, type ExportJob, type TableExport } from '../../domain/export.ts';
import type { PageRequest } from '../../domain/page.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import { dayOf } from '../../domain/shop-day.ts';
import { invalid, refuse } from '../../domain/shop-error.ts';
import { safeFileName, sendFile } from '../../http/csv.ts';
import type { Call } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';

type ExportCall = Pick<Call<unknown, never>, 'by' | 'query' | 'reply' | 'request' | 'user'>;

const CONTENT_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  zip: 'application/zip',
} as const;

/** Long files are made before their first byte goes out, and a pause that long is no reason to hang up. */
const PATIENCE_MS = 120_000;

/** The first word of the file's name, by table. */
const NAMES: Record<ExportJob['table'], string> = {
  sales: 'sales_report',
  orders: 'orders',
  khata: 'khata_transactions',
  customers: 'customers',
  products: 'products',
  metal_prices: 'prices',
  diamond_prices: 'prices_diamond',
  all: 'shop',
};

/**
 * The list as the file that `?format=` asks for; null where it asks for none. Refuses: invalid_input (another format),
 * unauthenticated and forbidden (a stranger on a list that is public), busy.
 */
export async function asFile(
  shop: Shop,
  call: ExportCall,
  { table, filter }: Omit<TableExport, 'format' | 'at'>,
  list: (page: PageRequest) => Promise<{ total: number }>,
): Promise<FastifyReply | null> {
  const format = readFormat(call.query);
  if (format === null) return null;
  if (call.user === null) throw refuse('unauthenticated');
  if (permissionsOf(call.user).length === 0)
    throw refuse('forbidden', { details: 'This needs a right in the shop' });
  const { total } = await list({ skip: 0, limit: 1 });
  const job = { table, filter, format, at: shop.now() } as TableExport;
  return sendExport(shop, call, job, total);
}

/** The file's form; null where the caller wants the list itself. Refuses: invalid_input. */
function readFormat(query: Record<string, string | undefined>): ExportFormat | null {
  const { format } = query;
  if (format === undefined || format === '') return null;
  const known = EXPORT_FORMATS.find((name) => name === format);
  if (known) return known;
  throw invalid('format', 'enum', `must be one of: ${EXPORT_FORMATS.join(', ')}`);
}

/** `rows`: how many there are now, for the journal. By HEAD nothing leaves the shop: nothing is read and nothing noted. */
export async function sendExport(
  shop: Shop,
  call: Pick<ExportCall, 'by' | 'reply' | 'request'>,
  job: ExportJob,
  rows: number,
): Promise<FastifyReply> {
  const format = job.table === 'all' ? 'zip' : job.format;
  const filter = job.table === 'all' ? { images: job.images } : job.filter;
  const fileName = safeFileName([...nameOf(job), dayOf(shop.now())], format);
  const type = CONTENT_TYPES[format];
  if (call.request.method === 'HEAD') return sendFile(call.reply, type, fileName, Readable.from([]));
  const bytes = shop.runExport(job, call.reply.raw);
  try {
    await shop.store.exports.made({ table: job.table, format, filter, rows }, call.by);
  } catch (error) {
    bytes.destroy();
    throw error;
  }
  // It may have failed meanwhile.
  if (bytes.errored) throw bytes.errored;
  call.request.raw.socket.setTimeout(PATIENCE_MS);
  return sendFile(call.reply, type, fileName, bytes);
}

function nameOf(job: ExportJob): string[] {
  const metal = job.table === 'metal_prices' ? [job.filter.metal] : [];
  return [...NAMES[job.table].split('_'), ...metal];
}
