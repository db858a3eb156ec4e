import type { By, Written } from '../domain/actor.ts';
import type { BackupReport } from '../domain/backup.ts';
import type { JournalEntry } from '../domain/journal.ts';

/** Some rows of one table, in the order of its key. A table's pages follow each other; tables come by name. */
export interface ArchivePage {
  table: string;
  /** One row each: JSON with its columns by name, `{"base64": ...}` for bytes. See store/archive. */
  lines: string[];
}

export interface BackupAttempts {
  made: JournalEntry[];
  failed: JournalEntry[];
  asked: JournalEntry[];
}

export interface BackupStore {
  /**
   * Everything a backup holds, of one moment, while the shop goes on. Read it without waiting for a slow client.
   * `folder`: where a copy of the shop may stand meanwhile; by default where the system keeps temporary files.
   */
  dump(folder?: string): AsyncIterable<ArchivePage>;
  /** What the journal tells of backups, the newest `limit` of each kind, newest first. */
  attempts(limit: number): Promise<BackupAttempts>;
  /** Journals that somebody asked for a backup, or what came of one: `backup.asked`, `.made` or `.failed`. */
  record(report: BackupReport, by: By): Promise<Written<null>>;
  /** Journals that the shop was restored from an archive, and ends every token of the older backend. */
  recordRestore(file: string, by: By): Promise<Written<null>>;
}

/** A shop that goes to another store. Where it was, it can still be read. */
export interface MoveStore {
  /** Where the shop went, without credentials; null while it is here. */
  movedTo(): Promise<string | null>;
  /** The shop leaves: in every transaction after this one each change is refused. Refuses: shop_moved. */
  leave(to: string, by: By): Promise<Written<null>>;
  /** Takes the leaving back; nothing happens where the shop never left. */
  comeBack(by: By): Promise<Written<null>>;
}
