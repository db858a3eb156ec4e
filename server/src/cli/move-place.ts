// Where a shop can move to, as it is written on the command line.

import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { keepSecret } from '../serving/keep-secret.ts';
import type { Landing } from '../store/archive/landing.ts';
import { hasShop, openSqliteLanding } from '../store/sqlite/archive/landing.ts';

export interface Place {
  /** As the old store and people are told of it: without credentials. */
  name: string;
  /** How the shop is started there, by whoever has started it with these settings. */
  start: (config: Config) => string;
  /** Keeps the key of a shop that has it from no setting, once the place is open; false where another one is kept there. */
  keepKey: (key: string) => boolean;
  /** Whether a whole shop is there. */
  hasArrived: () => Promise<boolean>;
  open: (from: string, at: number) => Promise<Landing>;
}

/** The database where the URI names none. */
const DATABASE = 'swati';

/** Null where the text is no place. */
export function readPlace(text: string): Place | null {
  const folder = /^sqlite:(.+)$/.exec(text)?.[1];
  if (folder !== undefined) return folderPlace(resolve(folder));
  const [, hosts, database] = /^mongodb(?:\+srv)?:\/\/(?:[^@/]*@)?([^@/?]+)(?:\/([^/?]*))?/.exec(text) ?? [];
  return hosts === undefined ? null : clusterPlace(text, `mongodb://${hosts}/${database || DATABASE}`);
}

function folderPlace(dataDir: string): Place {
  return {
    name: `sqlite:${dataDir}`,
    // What .env says of a cluster would win over the folder.
    start: ({ MONGODB_URI }) =>
      `${MONGODB_URI === undefined ? '' : 'MONGODB_URI= MONGODB_ADMIN_URI= '}DATA_DIR=${dataDir} npm start`,
    keepKey: (key) => keepSecret(dataDir, () => key) === key,
    hasArrived: async () => hasShop(dataDir),
    open: async (from, at) => openSqliteLanding(dataDir, from, at),
  };
}

function clusterPlace(uri: string, name: string): Place {
  // The driver takes its time to load: only whoever uses it waits for it.
  const landing = () => import('../store/mongo/archive/landing.ts');
  return {
    name,
    start: ({ JWT_SECRET_KEY, DATA_DIR }) =>
      JWT_SECRET_KEY === undefined
        ? `npm start, with that place as MONGODB_URI and the key in ${join(DATA_DIR, 'secrets.json')} as JWT_SECRET_KEY`
        : 'npm start, with that place as MONGODB_URI and the same JWT_SECRET_KEY',
    keepKey: () => true,
    hasArrived: async () => (await landing()).hasShop(uri),
    open: async (from, at) => (await landing()).openMongoLanding(uri, from, at),
  };
}
