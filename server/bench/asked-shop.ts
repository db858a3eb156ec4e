// The app on a filled store, in this process, with a clock that stands still: asked without a socket in between, so
// that what is measured is the shop's own work.

import pino from 'pino';
import { buildApp } from '../src/app.ts';
import type { By } from '../src/domain/actor.ts';
import { signAccessToken } from '../src/http/access-token.ts';
import { Meters } from '../src/http/meters.ts';
import type { Shop, ShopConfig } from '../src/http/shop.ts';
import { backupDesk } from '../src/serving/backup-desk.ts';
import { exportRunner } from '../src/serving/run-export.ts';
import { aDebit, aSession, aUser, newId } from '../src/store/contract-suite/builders.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';

/** What an answer took: on the clock, and of the processor on the thread that answers. */
export interface Taken {
  clockMs: number;
  processorMs: number;
}

export interface AskedShop {
  /** Asks and waits for the whole answer. Anything but 200 is an error. */
  ask: (path: string) => Promise<Taken>;
  /** Changes the books a little, so that no answer is kept. */
  touch: () => Promise<void>;
  customerId: string;
  close: () => Promise<void>;
}

const config: ShopConfig = {
  environment: 'testing',
  version: 'bench',
  corsOrigins: ['*'],
  trustedProxies: [],
  secureCookies: false,
  signup: false,
  backups: { folder: '', nightly: false },
  loginThrottle: true,
  rateLimit: true,
  jwtSecret: 'a-secret-of-the-benchmark-of-32-bytes',
  metricsToken: null,
  accessTokenSeconds: 86_400,
};

export async function openAskedShop(dataDir: string, now: number): Promise<AskedShop> {
  const store = await openSqliteStore({
    dataDir,
    now,
    onDeath: (error) => {
      throw error;
    },
  });
  let requests = 0;
  const by = (): By => ({
    actor: { kind: 'system', name: 'bench' },
    requestId: `bench-${++requests}`,
    at: now,
  });
  const id = newId();
  const account = aUser({ id, username: `bench-${id}`, email: `${id}@example.com`, role: 'admin' });
  const { value: user } = await store.users.add(account, by());
  const session = aSession(account, { refreshHash: id, expiresAt: now + 86_400_000 });
  await store.sessions.open(session, by());
  const [customer] = (await store.customers.list({}, { skip: 0, limit: 1 })).rows;
  if (!customer) throw new Error('the shop has no customers');
  const runExport = exportRunner({ dataDir, cluster: null });
  const meters = new Meters();
  const backups = backupDesk({ dataDir, folder: config.backups.folder });
  const shop: Shop = {
    store,
    config,
    meters,
    backups,
    runExport,
    now: () => now,
    newId,
    randomText: () => 'AAAA',
  };
  const app = await buildApp({ shop, logger: pino({ level: 'silent' }) });
  const token = await signAccessToken(user, session.id, {
    secret: config.jwtSecret,
    lifetimeSeconds: config.accessTokenSeconds,
    now: shop.now,
  });
  const headers = { authorization: `Bearer ${token}` };
  return {
    customerId: customer.id,
    ask: async (path) => {
      const started = performance.now();
      const used = process.threadCpuUsage();
      const answer = await app.inject({ method: 'GET', url: path, headers });
      const clockMs = performance.now() - started;
      const { user, system } = process.threadCpuUsage(used);
      if (answer.statusCode !== 200) throw new Error(`${path}: ${answer.body}`);
      return { clockMs, processorMs: (user + system) / 1000 };
    },
    touch: async () => {
      await store.khata.post(aDebit(customer.id, 100), by());
    },
    close: async () => {
      await app.close();
      await store.close();
    },
  };
}
