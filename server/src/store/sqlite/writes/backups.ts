import type { BackupReport } from '../../../domain/backup.ts';
import type { Tx } from './tx.ts';

/** A backup changes no row: that it was made, or why not, is known from its journal entry. */
export function recordBackup(tx: Tx, report: BackupReport): null {
  const { outcome, ...fields } = report;
  const id = 'file' in report ? report.file : 'none';
  tx.record(`backup.${outcome}`, { type: 'backup', id }, null, fields);
  return null;
}

/** A restored shop starts without sessions; this ends the tokens that have none. */
export function recordRestore(tx: Tx, file: string): null {
  tx.record('shop.restored', { type: 'shop', id: tx.shopId }, null, { file });
  tx.run('UPDATE users SET auth_version = auth_version + 1 WHERE shop_id = :shopId', { shopId: tx.shopId });
  return null;
}
