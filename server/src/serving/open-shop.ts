// Puts a shop together from its settings: the store, the clock, ids and randomness. The server and the `swati` command
// open the same shop.

import { ObjectId } from 'bson';
import manifest from '../../package.json' with { type: 'json' };
import { backupFolder, type Config } from '../config.ts';
import { shopMeters } from '../features/metrics/shop-meters.ts';
import type { Shop, ShopConfig } from '../http/shop.ts';
import { isOlder } from '../store/sqlite/older-schema.ts';
import { refuseAbsent } from '../store/sqlite/refuse-absent.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import type { Store, WriterElsewhere } from '../store/store.ts';
import { randomText } from '../system/random-text.ts';
import { backupDesk } from './backup-desk.ts';
import { keepSecret, makeDataDir } from './keep-secret.ts';
import { exportRunner } from './run-export.ts';

const DAY_SECONDS = 86_400;
const TESTING_SECONDS = 300;
const SECRET_LENGTH = 64;
const SECRET_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Every real shop's; also for work that begins before one is open. */
export const CLOCK_AND_IDS: Pick<Shop, 'now' | 'newId'> = {
  now: Date.now,
  newId: () => new ObjectId().toHexString(),
};

export interface Opening {
  /** Given where another process of this machine holds the writer. */
  elsewhere?: WriterElsewhere;
  /** Hears what takes long: a shop of an older schema is backed up and brought over. */
  say?: (line: string) => void;
}

/**
 * Opens the store in MONGODB_URI, or else in DATA_DIR. Rejects with ConfigRefused (the folder or the kept secret cannot
 * be used) and StoreRefused (the data cannot be used). `onDeath`: the store can no longer write, and the process must end.
 */
export async function openShop(
  config: Config,
  onDeath: (error: Error) => void,
  opening: Opening = {},
): Promise<Shop> {
  makeDataDir(config.DATA_DIR);
  const shopConfig = toShopConfig(config);
  const store = await openStore(config, onDeath, opening);
  return {
    store,
    meters: shopMeters(store),
    config: shopConfig,
    ...CLOCK_AND_IDS,
    randomText,
    backups: backupDesk({ dataDir: config.DATA_DIR, folder: shopConfig.backups.folder }),
    runExport: exportRunner({
      dataDir: config.DATA_DIR,
      cluster: config.MONGODB_URI === undefined ? null : { uri: config.MONGODB_URI },
    }),
  };
}

/** For a command that makes no sense without a shop. Rejects with StoreRefused where none of this program's schema is. */
export async function refuseAbsentShop(config: Config): Promise<void> {
  if (config.MONGODB_URI === undefined) return refuseAbsent(config.DATA_DIR);
  const { refuseAbsentCluster } = await import('../store/mongo/mongo-store.ts');
  await refuseAbsentCluster({ uri: config.MONGODB_URI });
}

async function openStore(
  config: Config,
  onDeath: (error: Error) => void,
  { elsewhere, say = () => undefined }: Opening,
): Promise<Store> {
  if (config.MONGODB_URI === undefined) {
    const { DATA_DIR: dataDir } = config;
    // Whoever holds the writer has done it.
    if (!elsewhere && isOlder(dataDir)) {
      const { bringOver } = await import('./bring-over.ts');
      await bringOver({ dataDir, backups: backupFolder(config), now: Date.now, say });
    }
    return openSqliteStore({ dataDir, now: Date.now(), onDeath, elsewhere });
  }
  // The driver takes its time to load: only whoever uses it waits for it.
  const { openMongoStore, prepareCluster } = await import('../store/mongo/mongo-store.ts');
  if (config.MONGODB_ADMIN_URI !== undefined) await prepareCluster({ uri: config.MONGODB_ADMIN_URI });
  return openMongoStore({ uri: config.MONGODB_URI, elsewhere });
}

function toShopConfig(config: Config): ShopConfig {
  const testing = config.APP_ENV === 'testing';
  return Object.freeze({
    environment: config.APP_ENV,
    version: manifest.version,
    corsOrigins: config.CORS_ORIGINS,
    trustedProxies: config.TRUSTED_PROXIES,
    secureCookies: config.APP_ENV === 'production' || config.tls !== null,
    signup: config.SIGNUP,
    loginThrottle: config.LOGIN_THROTTLE,
    rateLimit: config.RATE_LIMIT,
    jwtSecret:
      config.JWT_SECRET_KEY ?? keepSecret(config.DATA_DIR, () => randomText(SECRET_LENGTH, SECRET_ALPHABET)),
    metricsToken: config.METRICS_TOKEN ?? null,
    accessTokenSeconds: testing ? TESTING_SECONDS : DAY_SECONDS,
    backups: { folder: backupFolder(config), nightly: config.NIGHTLY_BACKUP },
  });
}
