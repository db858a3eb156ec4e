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
  const users = tx.find({ collection: 'users', name: 'users/all', filter: {}, matches: () => true });
  for (const user of users) tx.put('users', { ...user, authVersion: user.authVersion + 1 });
  tx.record('shop.restored', { type: 'shop', id: tx.shopId }, null, { file });
  return null;
}
