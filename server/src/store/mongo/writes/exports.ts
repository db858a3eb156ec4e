import type { ExportRecord } from '../../../domain/export.ts';
import type { Tx } from './tx.ts';

/** Nothing changes, but that rows left the shop is part of what happened. */
export function noteExport(tx: Tx, record: ExportRecord): null {
  tx.record('export.made', { type: 'shop', id: tx.shopId }, null, { ...record });
  return null;
}
