// R34 at a tenth of its size: the primary steps down, and is killed, while eight writers post. The writer keeps its own
// list of what was acknowledged; nothing on it may be missing afterwards, and nothing refused may be there.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient } from 'mongodb';
import { installedServer, type Servers, startReplicaSet } from '../../../test/mongo-servers.ts';
import { ShopError } from '../../domain/shop-error.ts';
import { aBy, aCustomer, aDebit, newId } from '../contract-suite/builders.ts';
import { present } from '../contract-suite/contract-case.ts';
import type { Store } from '../store.ts';
import { openMongoStore, prepareCluster } from './mongo-store.ts';

const WRITERS = 8;
const BACK_WITHIN_MS = 8_000;
/** Acknowledged before the primary goes. */
const FLOOR = 50;

describe('a primary that goes away under load', { skip: skipReason() }, () => {
  let servers: Servers;
  let store: Store;
  before(async () => {
    servers = await startReplicaSet();
    store = await openMongoStore({ uri: servers.uri.replace('/?', '/failover?') });
  });
  after(async () => {
    await store.close();
    await servers.stop();
  });

  it('a step-down loses nothing', () => surviving(stepDown));
  it('a primary killed like a power cut loses nothing, and comes back as a secondary', () => surviving(kill));

  it('with a member dead an index over rows is made all the same', async () => {
    await store.customers.add(aCustomer(), aBy());
    const port = await primaryPort();
    const dead = servers.members.find((member) => member.port !== port);
    await dead?.kill();
    const client = await MongoClient.connect(servers.uri, { writeConcern: { w: 'majority' } });
    try {
      const customers = client.db('failover').collection('customers');
      await customers.dropIndex('newest');
      await prepareCluster({ uri: servers.uri.replace('/?', '/failover?') });
      assert.ok(await customers.indexExists('newest'));
    } finally {
      await client.close();
      await dead?.start();
    }
  });

  async function surviving(strike: () => Promise<void>): Promise<void> {
    const { id } = (await store.customers.add(aCustomer(), aBy())).value;
    const log = {
      ok: new Set<string>(),
      refused: new Set<string>(),
      unknown: new Set<string>(),
      other: [] as unknown[],
    };
    let writing = true;
    let struckAt = 0;
    let backAfterMs = Number.POSITIVE_INFINITY;
    const noteFailure = (entry: string, error: unknown): void => {
      const code = error instanceof ShopError ? error.code : null;
      if (code === 'outcome_unknown') log.unknown.add(entry);
      else if (code === 'store_unavailable') log.refused.add(entry);
      else log.other.push(error);
    };
    const write = async (): Promise<void> => {
      while (writing) {
        const entry = newId();
        try {
          await store.khata.post(aDebit(id, 1, { id: entry }), aBy());
          log.ok.add(entry);
          if (struckAt > 0) backAfterMs = Math.min(backAfterMs, performance.now() - struckAt);
        } catch (error) {
          noteFailure(entry, error);
        }
      }
    };
    const writers = Array.from({ length: WRITERS }, write);
    // So many first, however slow the machine is: a strike before any work would show nothing.
    while (log.ok.size <= FLOOR) await sleep(20);
    await strike();
    struckAt = performance.now();
    while (backAfterMs === Number.POSITIVE_INFINITY && performance.now() - struckAt < 2 * BACK_WITHIN_MS) {
      await sleep(50);
    }
    await sleep(300);
    writing = false;
    await Promise.all(writers);

    const stored = new Set((await store.khata.listFrom(id, 0, 100_000)).map((entry) => entry.id));
    assert.ok(log.ok.size > FLOOR, `only ${log.ok.size} were acknowledged`);
    assert.deepEqual(
      [...log.ok].filter((entry) => !stored.has(entry)),
      [],
      'acknowledged, then lost',
    );
    assert.deepEqual(log.other, [], 'a caller saw another error than 503');
    assert.deepEqual(
      [...log.refused].filter((entry) => stored.has(entry)),
      [],
      'refused, and yet stored',
    );
    for (const entry of stored) assert.ok(log.ok.has(entry) || log.unknown.has(entry));
    assert.equal((await present(store.customers.find(id))).balancePaise, stored.size);
    assert.ok(backAfterMs <= BACK_WITHIN_MS, `writes were back after ${backAfterMs} ms`);
    assert.deepEqual((await store.journal.verify()).problems, []);
  }

  async function stepDown(): Promise<void> {
    const client = await MongoClient.connect(servers.uri);
    // The server hangs up on whoever asks this.
    await client
      .db('admin')
      .command({ replSetStepDown: 10, force: true })
      .catch(() => {});
    await client.close();
  }

  async function kill(): Promise<void> {
    const primary = await primaryPort();
    const member = servers.members.find(({ port }) => port === primary);
    await member?.kill();
    setTimeout(() => void member?.start(), 2_000);
  }

  async function primaryPort(): Promise<number> {
    const client = await MongoClient.connect(servers.uri);
    const { primary } = (await client
      .db('admin')
      .command({ hello: 1 })
      .catch(() => client.db('admin').command({ isMaster: 1 }))) as { primary: string };
    await client.close();
    return Number(primary.split(':').at(-1));
  }
});

function skipReason(): string | false {
  return installedServer() === null ? 'there is no mongod on the PATH to start and kill' : false;
}
