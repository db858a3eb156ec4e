import type { BackupMark } from '../../../domain/backup.ts';
import type { Vitals } from '../../store.ts';
import type { Db } from '../database.ts';
import { openJobs } from './jobs.ts';
import { journalPosition } from './journal.ts';
import { modelGeneration } from './models.ts';

export function readVitals(db: Db, shopId: string): Vitals {
  return {
    position: journalPosition(db, shopId),
    modelGeneration: modelGeneration(db, shopId),
    openJobs: openJobs(db, shopId),
    backupMade: newest(db, shopId, 'backup.made'),
    backupFailed: newest(db, shopId, 'backup.failed'),
  };
}

function newest(db: Db, shopId: string, action: string): BackupMark | null {
  const row = db.get<{ seq: number; at: number }>(
    `SELECT seq, at FROM journal INDEXED BY journal_action WHERE shop_id = :shopId AND action = :action
     ORDER BY seq DESC LIMIT 1`,
    { shopId, action },
  );
  return row ? { ...row } : null;
}
