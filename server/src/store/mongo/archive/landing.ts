// A cluster that a shop moves into: each load makes a database beside what is in use, reads it back and verifies it; the
// last one is switched to. So a second load takes as long as the first.

import type { Db, MongoClient } from 'mongodb';
import { type ArchiveSummary, summarise } from '../../archive/archive-page.ts';
import type { Landing } from '../../archive/landing.ts';
import type { ArchivePage } from '../../backup-store.ts';
import { SHOP_ID } from '../../shop-id.ts';
import { StoreRefused } from '../../store-refused.ts';
import { endArrival, findArrival, putArrival } from '../arrivals.ts';
import { connect } from '../connect.ts';
import { currentDatabase, namedDatabase, newGeneration } from '../generations.ts';
import { SCHEMA } from '../schema/prepare.ts';
import { dropRemains } from '../writes/abandoned.ts';
import { dumpDatabase } from './dump.ts';
import { type MadeShop, makeShop } from './make-shop.ts';

/** Whether a whole shop is where the URI leads. */
export async function hasShop(uri: string): Promise<boolean> {
  const client = await connect({ uri });
  try {
    const arrival = await findArrival(namedDatabase(client));
    return arrival === null && (await isShop(await currentDatabase(client)));
  } finally {
    await client.close();
  }
}

/** A start alone makes empty collections: a shop has a journal. */
async function isShop(db: Db): Promise<boolean> {
  return (await db.collection('shops').findOne({})) !== null;
}

/** Throws StoreRefused where there is a shop, or another one is moving in. */
export async function openMongoLanding(uri: string, from: string, at: number): Promise<Landing> {
  const client = await connect({ uri });
  try {
    return await landingIn({ client, named: namedDatabase(client), uri, from, at });
  } catch (error) {
    await client.close();
    throw error;
  }
}

interface Site {
  client: MongoClient;
  named: Db;
  uri: string;
  from: string;
  at: number;
}

async function landingIn(site: Site): Promise<Landing> {
  const { client, named, from } = site;
  const arrival = await findArrival(named);
  if (arrival && arrival.from !== from) {
    throw new StoreRefused(
      `another shop is moving into ${named.databaseName}, from ${arrival.from}: name another database`,
    );
  }
  const current = await currentDatabase(client).catch((error: unknown) => {
    // Our own, unfinished: nothing was switched to.
    if (arrival && error instanceof StoreRefused) return null;
    throw error;
  });
  if (current !== null && (await isShop(current))) {
    if (arrival) return new SwitchedLanding(client, named, current);
    throw new StoreRefused(`there is a shop in ${named.databaseName} already: name an empty database`);
  }
  if (arrival) await dropRemains(client, arrival.database);
  return new ClusterLanding(site, arrival ? 'unfinished' : 'nothing');
}

class ClusterLanding implements Landing {
  readonly found: Landing['found'];
  readonly #site: Site;
  #loads = 0;
  #made: MadeShop | null = null;

  constructor(site: Site, found: Landing['found']) {
    this.#site = site;
    this.found = found;
  }

  async load(pages: AsyncIterable<ArchivePage>): Promise<void> {
    const { client, named, uri, from } = this.#site;
    await this.#made?.close();
    this.#made = null;
    // The name is that of the moment: each load has one of its own.
    const at = this.#site.at + this.#loads++;
    await putArrival(named, { from, database: newGeneration(client, at).databaseName });
    this.#made = await makeShop({ uri }, pages, { schema: SCHEMA, at, shopId: SHOP_ID });
  }

  async summary(): Promise<ArchiveSummary> {
    return this.#loaded().summary;
  }

  async verify(): Promise<string[]> {
    return this.#loaded().problems;
  }

  async finish(): Promise<void> {
    await this.#loaded().use();
    await endArrival(this.#site.named);
  }

  async close(): Promise<void> {
    await this.#made?.close();
    this.#made = null;
    await this.#site.client.close();
  }

  #loaded(): MadeShop {
    if (this.#made === null) throw new Error('nothing was loaded');
    return this.#made;
  }
}

/** An earlier move was killed after its switch: the shop is whole, only the mark is left. */
class SwitchedLanding implements Landing {
  readonly found = 'finished';
  readonly #client: MongoClient;
  readonly #named: Db;
  readonly #current: Db;

  constructor(client: MongoClient, named: Db, current: Db) {
    this.#client = client;
    this.#named = named;
    this.#current = current;
  }

  load(): Promise<void> {
    throw new Error('the shop is there already');
  }

  summary(): Promise<ArchiveSummary> {
    return summarise(dumpDatabase(this.#current));
  }

  async verify(): Promise<string[]> {
    return [];
  }

  finish(): Promise<void> {
    return endArrival(this.#named);
  }

  close(): Promise<void> {
    return this.#client.close();
  }
}
