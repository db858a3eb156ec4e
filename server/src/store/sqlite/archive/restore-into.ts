import { join } from 'node:path';
import { ArchiveRefused, checkArchive, readArchive } from '../../archive/archive-file.ts';
import { ArchiveDigest, type ArchiveSummary, differences, summarise } from '../../archive/archive-page.ts';
import { StoreRefused } from '../../store-refused.ts';
import { dumpDatabase } from './dump.ts';
import { loadDatabase } from './load.ts';

export interface Restoration {
  file: string;
  /** Where the new database goes; it is made. */
  folder: string;
  passphrase: string | null;
  at: number;
  /** The sums that its rows must have; those of the archive itself where they are not known. */
  expected?: ArchiveSummary;
}

/**
 * Makes a database of an archive, reads it back and compares. Answers the sums of its rows. Throws ArchiveRefused, one
 * line for people, where the archive is not whole, not ours, newer than this program, or does not come back equal.
 */
export async function restoreInto(restoration: Restoration): Promise<ArchiveSummary> {
  const { file, folder, passphrase, at, expected } = restoration;
  const head = await checkArchive(file);
  const digest = new ArchiveDigest();
  try {
    await loadDatabase(readArchive(file, head, passphrase, digest), { folder, schema: head.schema, at });
  } catch (error) {
    if (error instanceof StoreRefused) throw new ArchiveRefused(error.message);
    throw error;
  }
  const found = await summarise(dumpDatabase(join(folder, 'shop.db')));
  const wanted = expected ?? digest.summary();
  const [difference] = differences(wanted, found);
  if (difference !== undefined || wanted.digest !== found.digest) {
    throw new ArchiveRefused(`what was restored is not equal to it: ${difference ?? 'the digests differ'}`);
  }
  return found;
}
