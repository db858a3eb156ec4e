// What every feature is given: the store and the few things from outside that tests replace (clock, randomness).

import type { Readable, Writable } from 'node:stream';
import type { FastifyBaseLogger } from 'fastify';
import type { ExportJob } from '../domain/export.ts';
import type { Store } from '../store/store.ts';
import type { MeterReading, Meters } from './meters.ts';

/** The part of the configuration that features and requests depend on. */
export interface ShopConfig {
  environment: 'development' | 'testing' | 'production';
  version: string;
  corsOrigins: readonly string[];
  trustedProxies: readonly string[];
  /** Whether people reach the shop by TLS, here or at a proxy: decides the Secure mark of cookies in production. */
  secureCookies: boolean;
  signup: boolean;
  loginThrottle: boolean;
  rateLimit: boolean;
  jwtSecret: string;
  /** Who sends it may read the metrics; null: nobody is let in by a token of its own. */
  metricsToken: string | null;
  accessTokenSeconds: number;
  /** Where archives go where nothing else is said, and whether one is made every night. */
  backups: { folder: string; nightly: boolean };
}

export interface Archive {
  file: string;
  /** When it was begun, milliseconds since 1970. */
  madeAt: number;
  bytes: number;
}

export type BackupLog = Pick<FastifyBaseLogger, 'info' | 'error'>;

/** Backups that people ask for, on this machine. */
export interface BackupDesk {
  /** Since when one is under way, whoever started it (milliseconds since 1970); null: none is. */
  underWaySince: () => number | null;
  /**
   * Starts one, in a process of its own that `signal` ends. Resolves as soon as one is under way or made, or after some
   * seconds; false: none could be begun, which the log explains.
   */
  start: (log: BackupLog, signal?: AbortSignal) => Promise<boolean>;
  /** What lies in the folder, newest first; null: the folder cannot be read. */
  archives: () => Promise<Archive[] | null>;
}

export interface Shop {
  store: Store;
  config: ShopConfig;
  /** Milliseconds since 1970, UTC. */
  now: () => number;
  /** A new 24-hex id. */
  newId: () => string;
  /** Unpredictable text of `length` characters out of `alphabet`. */
  randomText: (length: number, alphabet: string) => string;
  /** What a new hash of a password costs: given by tests alone, absent it is the full cost. No setting reads it. */
  passwordCost?: { memoryKib: number; passes: number };
  /** The one-time code that opens the set-up page; null or absent: that page stays shut. */
  setupCode?: string | null;
  /** The bytes of an export, made on a thread of its own as fast as they are taken. Refuses: busy. */
  runExport: (job: ExportJob, to: Writable) => Readable;
  backups: BackupDesk;
  /** What this process counts. */
  meters: Meters;
  /** What all processes of this server have counted; absent where this is the only one. */
  readMeters?: () => Promise<MeterReading[]>;
  /** Given when the server is about to stop: what would not end by itself must end now. */
  stopping?: AbortSignal;
}
