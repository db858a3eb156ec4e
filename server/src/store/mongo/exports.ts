// Reading tables from end to end on a connection of its own. A moment is read from a copy of it (export-moment.ts): a
// transaction would be ended by the servers after a minute, and by other processes while nobody reads on.

import type { Db } from 'mongodb';
import type { ExportReader, WhatLeaves } from '../export-store.ts';
import { SHOP_ID } from '../shop-id.ts';
import { connect } from './connect.ts';
import { openMomentReader } from './export-moment.ts';
import { readSlowly } from './export-pages.ts';
import { currentDatabase } from './generations.ts';
import { findShop } from './reads/settings.ts';

/** Where a thread of its own finds the shop. */
export interface ExportCluster {
  uri: string;
  shopId?: string;
}

/** The same, with a connection of its own, which ends with it. `folder`: where a moment may be copied to. */
export async function connectExportReader(
  { uri, shopId = SHOP_ID }: ExportCluster,
  mode: 'moment' | 'slow',
  of: WhatLeaves,
  folder: string,
): Promise<ExportReader> {
  const client = await connect({ uri });
  try {
    const reader = await openExportReader(await currentDatabase(client), shopId, mode, of, folder);
    const close = async (): Promise<void> => {
      await reader.close();
      await client.close();
    };
    return { ...reader, close };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/** See ExportReader for the two modes. */
export async function openExportReader(
  db: Db,
  shopId: string,
  mode: 'moment' | 'slow',
  of?: WhatLeaves,
  folder?: string,
): Promise<ExportReader> {
  if (mode === 'moment') return openMomentReader(db, shopId, of, folder);
  const shop = await findShop(db, shopId);
  return readSlowly({ db, shopId, end: shop?.seq ?? 0, names: null });
}
