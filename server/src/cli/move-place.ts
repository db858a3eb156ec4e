// Where a shop can move to, as it is written on the command line.

import { resolve } from 'node:path';
import type { Landing } from '../store/archive/landing.ts';
import { hasShop, openSqliteLanding } from '../store/sqlite/archive/landing.ts';

export interface Place {
  /** As the old store and people are told of it: without credentials. */
  name: string;
  /** How the shop is started there. */
  start: string;
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
    start: `DATA_DIR=${dataDir} npm start`,
    hasArrived: async () => hasShop(dataDir),
    open: async (from, at) => openSqliteLanding(dataDir, from, at),
  };
}

function clusterPlace(uri: string, name: string): Place {
  // The driver takes its time to load: only whoever uses it waits for it.
  const landing = () => import('../store/mongo/archive/landing.ts');
  return {
    name,
    start: 'npm start, with that place as MONGODB_URI and a JWT_SECRET_KEY',
    hasArrived: async () => (await landing()).hasShop(uri),
    open: async (from, at) => (await landing()).openMongoLanding(uri, from, at),
  };
}
