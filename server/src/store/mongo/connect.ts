// Opens the way to a cluster, the only way we open one, and refuses what cannot keep our promises: one sentence for
// people each, never with the password of the URI.

import {
  MongoClient,
  MongoCompatibilityError,
  MongoParseError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { isNoAnswer, StoreRefused, StoreUnreachable } from '../store-refused.ts';
import { sayHello } from './cluster-clock.ts';
import { CLIENT } from './concerns.ts';

const AUTHENTICATION_FAILED = 18;
const UNAUTHORIZED = 13;
const FLOOR: readonly [number, number] = [4, 4];

export interface ConnectOptions {
  uri: string;
  /** How long to look for a server. */
  selectionTimeoutMs?: number;
  /** For who listens to the commands. */
  monitorCommands?: boolean;
  /** Another name than the servers know this program by. */
  appName?: string;
}

/** A connected client. Throws StoreRefused; StoreUnreachable where nobody answers now. */
export async function connect(options: ConnectOptions): Promise<MongoClient> {
  const client = makeClient(options);
  try {
    await client.connect();
    await refuseUnfit(client);
    return client;
  } catch (error) {
    await client.close();
    throw explain(error, client);
  }
}

function makeClient({
  uri,
  selectionTimeoutMs,
  monitorCommands = false,
  appName,
}: ConnectOptions): MongoClient {
  const wait = selectionTimeoutMs === undefined ? {} : { serverSelectionTimeoutMS: selectionTimeoutMs };
  const name = appName === undefined ? {} : { appName };
  try {
    const client = new MongoClient(uri, { ...CLIENT, ...wait, ...name, monitorCommands });
    if (isDatabaseName(client.options.dbName)) return client;
  } catch {
    // What the driver says of a URI may hold a part of it.
    throw new StoreRefused(
      'MONGODB_URI cannot be read: it must be like mongodb://USER:PASSWORD@HOST:27017/DATABASE?replicaSet=NAME',
    );
  }
  throw new StoreRefused(
    'MONGODB_URI names no database: after the hosts stands / and its name, of at most 63 characters without space . $ " / \\',
  );
}

/** The servers would refuse another one at the first write, in words of their own. */
function isDatabaseName(text: string): boolean {
  return Buffer.byteLength(text) < 64 && !/[\s.$"/\\]/.test(text);
}

/** A standalone server would fail only at the first transaction; an older one later still. */
async function refuseUnfit(client: MongoClient): Promise<void> {
  const admin = client.db('admin');
  const hello = await sayHello(admin);
  const { version } = await admin.command({ buildInfo: 1 });
  const [major = 0, minor = 0] = String(version).split('.').map(Number);
  if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) throw tooOld(`version ${version}`);
  if (hello.setName === undefined && hello.msg !== 'isdbgrid') {
    throw new StoreRefused(
      `the MongoDB server at ${hostsOf(client)} stands alone, and transactions need a replica set: start it with --replSet and run rs.initiate()`,
    );
  }
}

/** What a start met on its way, as the refusal that it is; everything else unchanged. */
export function explain(error: unknown, client: MongoClient): unknown {
  const hosts = hostsOf(client);
  if (error instanceof MongoServerError && error.code === AUTHENTICATION_FAILED) {
    return new StoreRefused(`MONGODB_URI: ${hosts} refuses the user name or the password`);
  }
  if (error instanceof MongoServerError && error.code === UNAUTHORIZED) {
    return new StoreRefused(
      client.options.credentials === undefined
        ? `MONGODB_URI names no account, and ${hosts} wants one: mongodb://USER:PASSWORD@HOST:27017/DATABASE`
        : `MONGODB_URI: the account may not do at ${hosts} what a start must; give it readWrite on the database, or make the schema with MONGODB_ADMIN_URI`,
    );
  }
  if (error instanceof MongoCompatibilityError || isTooOld(error)) return tooOld('too old');
  if (isNoAnswer(error) || isNoName(error)) {
    const { message } = error as Error;
    return new StoreUnreachable(
      `MONGODB_URI: no primary answered at ${hosts} (${message}): start the servers, or mend the address`,
    );
  }
  if (error instanceof MongoParseError) return new StoreRefused(`MONGODB_URI: ${error.message}`);
  return error;
}

/** Of mongodb+srv: who names the servers did not answer, or knows none of them. */
function isNoName(error: unknown): boolean {
  return /^query/.test((error as NodeJS.ErrnoException).syscall ?? '');
}

/** The driver hides that a server is too old for it behind the search for one. */
function isTooOld(error: unknown): boolean {
  return error instanceof MongoServerSelectionError && /wire version/i.test(error.message);
}

function tooOld(how: string): StoreRefused {
  return new StoreRefused(
    `the MongoDB server is ${how}; version ${FLOOR.join('.')} or newer is needed: upgrade the server`,
  );
}

/** Where the servers are, without credentials. */
export function hostsOf(client: MongoClient): string {
  return client.options.srvHost ?? client.options.hosts.map(String).join(',');
}
