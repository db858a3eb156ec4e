// A shop made of a dump, beside whatever is in use: loaded, read back and verified. Nothing relies on it until `use`.

import type { Db } from 'mongodb';
import { type ArchiveSummary, summarise } from '../../archive/archive-page.ts';
import type { ArchivePage, BackupStore } from '../../backup-store.ts';
import { verifyBooks } from '../checks/verify-books.ts';
import { ClusterMeter } from '../cluster-meter.ts';
import { type ConnectOptions, connect, hostsOf } from '../connect.ts';
import { newGeneration, switchTo } from '../generations.ts';
import { shopOf } from '../mongo-store.ts';
import { prepareSchema } from '../schema/prepare.ts';
import { SHOP_CHANGES } from '../writes/changes.ts';
import { Door } from '../writes/door.ts';
import { copyDatabase, pagesOf } from './dump.ts';
import { loadDatabase } from './load.ts';

export interface MadeShop {
  location: string;
  /** The sums of its rows, as they were read back: compare them with those of the dump. */
  summary: ArchiveSummary;
  /** What its books have against it. */
  problems: string[];
  /** Journals, before anybody uses the shop, that it was restored. */
  recordRestore: BackupStore['recordRestore'];
  /** From here on the shop of the URI is this one. */
  use: () => Promise<void>;
  /** Removes it again; after `use` it stays. */
  close: () => Promise<void>;
}

/** `schema`: that of the dump. Throws StoreRefused where the cluster or the dump cannot be used; then nothing is left. */
export async function makeShop(
  options: ConnectOptions,
  pages: AsyncIterable<ArchivePage>,
  { schema, at, shopId }: { schema: number; at: number; shopId: string },
): Promise<MadeShop> {
  const client = await connect(options);
  const db = newGeneration(client, at);
  let isUsed = false;
  const close = async (): Promise<void> => {
    if (!isUsed) await db.dropDatabase();
    await client.close();
  };
  try {
    const epoch = await prepareSchema(db, 'rows first');
    await loadDatabase(pages, { db, schema, at });
    await prepareSchema(db);
    const door = new Door({ client, db, table: SHOP_CHANGES });
    const made = shopOf({ client, db, epoch, door, meter: new ClusterMeter(client) }, shopId);
    return {
      location: `${hostsOf(client)}/${db.databaseName}`,
      ...(await readBack(db, shopId)),
      recordRestore: made.backups.recordRestore,
      use: async () => {
        // Before it: a switch that failed may have been made all the same.
        isUsed = true;
        await switchTo(client, db);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nobody writes there yet, so one copy is what the archive and the checks of the books are both made of. */
async function readBack(db: Db, shopId: string): Promise<Pick<MadeShop, 'summary' | 'problems'>> {
  const copy = await copyDatabase(db);
  try {
    const summary = await summarise(pagesOf(copy));
    const { problems } = await verifyBooks(db, shopId, copy);
    return { summary, problems };
  } finally {
    copy.close();
  }
}
