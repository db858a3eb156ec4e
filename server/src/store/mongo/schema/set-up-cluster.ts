// Makes a replica set of servers that were just started, and the accounts that the shop needs. Everything can be done
// again: what is there stays.

import { setTimeout as sleep } from 'node:timers/promises';
import { MongoClient, MongoServerError } from 'mongodb';
import { type Accounts, prepareAccounts } from './accounts.ts';

const SET_NAME = 'swati';
/** A primary that is gone is replaced within this. */
const ELECTION_TIMEOUT_MS = 3_000;
const NOT_INITIATED = 94;
const READY_LIMIT_MS = 90_000;
const LOOK_AGAIN_MS = 500;

export interface NewCluster {
  /** `host:port` of the members; the first one has the account of `root`. */
  hosts: readonly string[];
  root: { username: string; password: string };
  accounts: Accounts;
}

/** Answers what it did, a line for people each. Throws where the members do not become a set in time. */
export async function setUpCluster({ hosts, root, accounts }: NewCluster): Promise<string[]> {
  const auth = { username: root.username, password: root.password };
  const options = { auth, authSource: 'admin', serverSelectionTimeoutMS: READY_LIMIT_MS };
  const first = await MongoClient.connect(`mongodb://${hosts[0]}/?directConnection=true`, options);
  const said: string[] = [];
  try {
    said.push(await initiate(first, hosts));
  } finally {
    await first.close();
  }
  const set = await MongoClient.connect(`mongodb://${hosts.join(',')}/?replicaSet=${SET_NAME}`, options);
  try {
    await prepareAccounts(set.db('admin'), accounts);
    said.push(`accounts   ${accounts.program.username} (the program's), ${accounts.admin.username}`);
    return said;
  } finally {
    await set.close();
  }
}

async function initiate(client: MongoClient, hosts: readonly string[]): Promise<string> {
  const admin = client.db('admin');
  const status = await admin.command({ replSetGetStatus: 1 }).catch((error: unknown) => {
    if (error instanceof MongoServerError && error.code === NOT_INITIATED) return null;
    throw error;
  });
  if (status) return `set        ${SET_NAME} is there, with ${status.members.length} members`;
  const members = hosts.map((host, _id) => ({ _id, host }));
  const config = { _id: SET_NAME, members, settings: { electionTimeoutMillis: ELECTION_TIMEOUT_MS } };
  // The other members may not be up yet.
  for (const started = performance.now(); ; await sleep(LOOK_AGAIN_MS)) {
    try {
      await admin.command({ replSetInitiate: config });
      return `set        ${SET_NAME} was made of ${hosts.join(', ')}`;
    } catch (error) {
      if (performance.now() - started > READY_LIMIT_MS) throw error;
    }
  }
}
