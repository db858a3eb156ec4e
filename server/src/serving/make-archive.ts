// Writes an archive, restores it into a scratch database and compares: only then does the file get its name.

import { hash } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import type { BackupReport } from '../domain/backup.ts';
import { ArchiveRefused, writeArchive } from '../store/archive/archive-file.ts';
import type { ArchiveSummary } from '../store/archive/archive-page.ts';
import { watchPictures } from '../store/archive/watch-pictures.ts';
import type { ArchivePage } from '../store/backup-store.ts';
import { restoreInto } from '../store/sqlite/archive/restore-into.ts';
import { syncPath } from '../store/sqlite/image-files.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';
import { giveToOwner } from '../system/give-to-owner.ts';
import { makeFolder } from '../system/make-folder.ts';
import { withScratch } from '../system/with-scratch.ts';

const UNFINISHED = 'unfinished';
/** So many are named in the journal and on the terminal; swati verify names all. */
const MAX_PICTURES = 20;

export type MadeReport = Extract<BackupReport, { outcome: 'made' }>;

export interface ArchiveOrder {
  /** The shop's. Whoever asks sees to it that nobody else makes an archive of it meanwhile. */
  dataDir: string;
  /** Where the archive goes, and the scratch database meanwhile; it is made. */
  folder: string;
  name: string;
  begunAt: number;
  /** What is archived: the schema of its tables, where it stands, and its rows (see `BackupStore.dump`). */
  schema: number;
  store: string;
  dump: (folder: string) => AsyncIterable<ArchivePage>;
  passphrase: string | null;
  say: (line: string) => void;
  /** What is done now; nothing at the end. */
  progress: (line: string) => void;
}

/** Leaves nothing behind where it fails; `reasonOf` puts what it throws into words. */
export async function makeArchive(order: ArchiveOrder): Promise<MadeReport> {
  const { dataDir, folder, name, begunAt, schema, store, passphrase, progress } = order;
  makeFolder(folder);
  const tag = tagOf(dataDir);
  clearUnfinished(folder, tag, order.say);
  const unfinished = join(folder, `${name}.${tag}.${UNFINISHED}`);
  const scratch = mkdtempSync(join(folder, `.scratch-${tag}-`));
  return withScratch([scratch, unfinished], async () => {
    progress('writing ...');
    const facts = { madeAt: new Date(begunAt).toISOString(), program: manifest.version, schema, store };
    const pictures: string[] = [];
    const pages = watchPictures(order.dump(scratch), pictures);
    const summary = await writeArchive(unfinished, facts, pages, passphrase);
    progress('restoring into a scratch database ...');
    const restoration = { file: unfinished, folder: join(scratch, 'data'), passphrase, at: begunAt };
    await restoreInto({ ...restoration, expected: summary });
    progress('');
    giveToOwner(unfinished);
    renameSync(unfinished, join(folder, name));
    syncPath(folder);
    return {
      outcome: 'made',
      file: name,
      folder,
      bytes: statSync(join(folder, name)).size,
      rows: countRows(summary),
      digest: summary.digest,
      otherDisk: statSync(folder).dev !== statSync(dataDir).dev,
      ...(pictures.length > 0 && { pictures: pictures.slice(0, MAX_PICTURES) }),
    };
  });
}

/** Why there is no archive, in words for people. */
export function reasonOf(error: unknown): string {
  const { message } = error as Error;
  if (isDiskFull(error)) return 'the disk of the archives is full';
  if (error instanceof ArchiveRefused) return `the archive was not good: ${message}`;
  return describeFileTrouble(error) ?? message;
}

/** Marks what is not finished as this shop's: another shop may use the same folder. */
function tagOf(dataDir: string): string {
  return hash('sha256', dataDir).slice(0, 8);
}

/** What a crash left behind: said, and taken away. */
function clearUnfinished(folder: string, tag: string, say: (line: string) => void): void {
  const remains = readdirSync(folder).filter(
    (name) => name.endsWith(`.${tag}.${UNFINISHED}`) || name.startsWith(`.scratch-${tag}-`),
  );
  for (const name of remains) rmSync(join(folder, name), { recursive: true, force: true });
  if (remains.length > 0)
    say('an earlier backup did not finish: it left no archive, and its remains are gone');
}

function countRows(summary: ArchiveSummary): number {
  return Object.values(summary.tables).reduce((sum, { rows }) => sum + rows, 0);
}
