// A whole shop on a temporary folder and a real port, for tests: the real store, the real app; only the clock and the
// passwords' cost are the test's.

import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ObjectId } from 'bson';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp } from '../src/app.ts';
import type { By } from '../src/domain/actor.ts';
import type { Permission, Role } from '../src/domain/permissions.ts';
import { STAFF_PERMISSIONS } from '../src/domain/permissions.ts';
import { SESSION_LIFETIME_MS } from '../src/domain/user.ts';
import { shopMeters } from '../src/features/metrics/shop-meters.ts';
import { createPredictions, type Predictions } from '../src/features/predictions/predictions.ts';
import type { TrainerOptions } from '../src/features/predictions/trainer.ts';
import { signAccessToken } from '../src/http/access-token.ts';
import type { Shop, ShopConfig } from '../src/http/shop.ts';
import { backupDesk } from '../src/serving/backup-desk.ts';
import { exportRunner } from '../src/serving/run-export.ts';
import { openSqliteStore } from '../src/store/sqlite/sqlite-store.ts';
import type { Store } from '../src/store/store.ts';
import { askOver } from './ask-over.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // Tests reach into the JSON freely; a wrong path fails the assertion that reads it.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  body: any;
  text: string;
}

export interface SendOptions {
  token?: string | null;
  body?: unknown;
  headers?: Record<string, string>;
}

interface TestCluster {
  uri: string;
  shopId: string;
}

export interface TestShop {
  shop: Shop;
  app: FastifyInstance;
  predictions: Predictions;
  origin: string;
  dataDir: string;
  /** The clock of the shop, in milliseconds; it stands still until a test moves it. */
  clock: { now: number };
  /** A token of an admin. */
  adminToken: string;
  by: () => By;
  /** Makes an account and a signed-in session, without a password, and answers its token. */
  signIn: (role: Role, permissions?: readonly Permission[]) => Promise<string>;
  /** Sends a request; `body` objects go as JSON, forms, bytes and texts as they are. Uses the admin's token unless another (or null) is given. */
  send: (method: string, path: string, options?: SendOptions) => Promise<Answer>;
  close: () => Promise<void>;
}

/** What a hash costs is the business of password.test.ts; here it would be half of the time of all sign-ins. */
export const QUICK_HASHES = { memoryKib: 64, passes: 1 };
/** No test depends on how long a training takes. */
const TRAINING_PATIENCE_MS = 60_000;
/** A few trees and no ranges: that stones are learned is tested, how well is measured by the bench. */
const QUICK_TRAINING = { seed: 1, withBands: false, trees: 5 };

export const TEST_START = Date.parse('2026-01-15T10:30:00.123Z');

export async function openTestShop(
  overrides: Partial<ShopConfig> = {},
  logger: FastifyBaseLogger = pino({ level: process.env.TEST_LOG ?? 'silent' }),
  training: TrainerOptions = {},
  given: Store | null = null,
): Promise<TestShop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'swati-test-'));
  const clock = { now: TEST_START };
  const uri = process.env.TEST_STORE;
  // A new shop in the MongoDB database that TEST_STORE names; without it on SQLite.
  const cluster = uri === undefined ? null : { uri, shopId: `shop-${new ObjectId().toHexString()}` };
  const store = given ?? (await openTestStore(cluster, dataDir, clock.now));
  const config: ShopConfig = {
    environment: 'testing',
    version: '1.0.0',
    corsOrigins: ['*'],
    trustedProxies: [],
    secureCookies: false,
    signup: true,
    loginThrottle: true,
    // Tests ask for more from one address than anybody else.
    rateLimit: false,
    metricsToken: null,
    jwtSecret: 'a-secret-of-the-tests-only-32-bytes!',
    accessTokenSeconds: 300,
    backups: { folder: join(dataDir, 'backups'), nightly: false },
    ...overrides,
  };
  const stopping = new AbortController();
  const shop: Shop = {
    store,
    stopping: stopping.signal,
    config,
    meters: shopMeters(store),
    backups: backupDesk({
      dataDir,
      folder: config.backups.folder,
      environment: { ...process.env, DATA_DIR: dataDir },
    }),
    runExport: exportRunner({ dataDir, cluster }),
    now: () => clock.now,
    newId: () => new ObjectId().toHexString(),
    passwordCost: QUICK_HASHES,
    randomText: (length, alphabet) =>
      Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join(''),
  };
  const predictions = createPredictions(shop, logger, {
    stones: QUICK_TRAINING,
    patienceMs: TRAINING_PATIENCE_MS,
    ...training,
  });
  const app = await buildApp({ shop, logger, predictions });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  // A test that computes for longer than this would find its kept connection closed under its next request.
  app.server.keepAliveTimeout = 60_000;
  const agent = new Agent({ keepAlive: true });
  let requests = 0;
  const by = (): By => ({
    actor: { kind: 'system', name: 'test' },
    requestId: `test-${++requests}`,
    at: clock.now,
  });

  const signIn = async (role: Role, permissions?: readonly Permission[]): Promise<string> => {
    const id = shop.newId();
    const granted = permissions ?? (role === 'staff' ? STAFF_PERMISSIONS : []);
    const { value: user } = await store.users.add(
      {
        id,
        username: `${role}_${id.slice(-8)}`,
        email: `${id}@example.com`,
        passwordHash: 'none',
        role,
        permissions: [...granted],
        appointed: true,
      },
      by(),
    );
    const sessionId = shop.newId();
    await store.sessions.open(
      {
        id: sessionId,
        userId: id,
        refreshHash: shop.newId(),
        expiresAt: clock.now + SESSION_LIFETIME_MS,
        checked: { passwordHash: 'none', authVersion: 0 },
        address: '127.0.0.1',
        userAgent: 'test',
        rehashed: null,
        attemptId: null,
        proof: null,
        isJournalled: false,
      },
      by(),
    );
    return signAccessToken(user, sessionId, {
      secret: config.jwtSecret,
      lifetimeSeconds: config.accessTokenSeconds,
      now: shop.now,
    });
  };
  const adminToken = await signIn('admin');

  const send = async (method: string, path: string, options: SendOptions = {}): Promise<Answer> => {
    const token = options.token === undefined ? adminToken : options.token;
    const raw = options.body instanceof FormData || options.body instanceof Uint8Array;
    const json = options.body !== undefined && typeof options.body !== 'string' && !raw;
    const { status, headers, text } = await askOver(agent, new URL(origin + path), {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(json ? { 'content-type': 'application/json' } : {}),
        ...options.headers,
      },
      ...(options.body === undefined
        ? {}
        : { body: json ? JSON.stringify(options.body) : (options.body as string) }),
    });
    const isJson = headers.get('content-type')?.includes('json') && text !== '';
    return { status, headers, body: isJson ? JSON.parse(text) : null, text };
  };

  return {
    shop,
    app,
    predictions,
    origin,
    dataDir,
    clock,
    adminToken,
    by,
    signIn,
    send,
    close: async () => {
      stopping.abort();
      await app.close();
      agent.destroy();
      await store.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function openTestStore(cluster: TestCluster | null, dataDir: string, now: number): Promise<Store> {
  if (cluster !== null) return (await import('./mongo-database.ts')).openShopIn(cluster);
  const onDeath = (error: Error): never => {
    throw error;
  };
  return openSqliteStore({ dataDir, now, onDeath });
}
