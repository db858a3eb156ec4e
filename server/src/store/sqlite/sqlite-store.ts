// The embedded store: reads on a read-only connection of the calling thread, changes through the writer thread.

import { join } from 'node:path';
import type { Store } from '../store.ts';
import { openConnection } from './database.ts';
import { findCustomer, listCustomers } from './reads/customers.ts';
import { journalPosition, listJournal } from './reads/journal.ts';
import { findBearer, listSessions } from './reads/sessions.ts';
import { getSettings } from './reads/settings.ts';
import { countRows, readEpoch, schemaVersion } from './reads/shop.ts';
import { countUsers, findUser, findUserForLogin, findUserWithHash, listUsers } from './reads/users.ts';
import { startWriter } from './writes/writer.ts';

export interface SqliteOptions {
  /** The folder of the shop's data; it must exist. */
  dataDir: string;
  now: number;
  /** The writing thread died: what is unanswered is unknown, and the process must end. */
  onDeath: (error: Error) => void;
}

/** All rows carry a shop id, so that one store can hold several shops; today there is one. */
const SHOP_ID = 'main';

/** Opens or makes the database. Rejects with StoreRefused when it cannot be used. */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  const file = join(options.dataDir, 'shop.db');
  const shop = SHOP_ID;
  const writer = await startWriter({ file, shopId: shop, now: options.now, onDeath: options.onDeath });
  const db = openConnection(file, 'read');
  const { write } = writer;
  return {
    customers: {
      find: async (id) => findCustomer(db, shop, id),
      list: async (filter, page) => listCustomers(db, shop, filter, page),
      add: (input, by) => write('customers.add', [input], by),
      change: (id, changes, ifVersion, by) => write('customers.change', [id, changes, ifVersion], by),
      remove: (id, ifVersion, by) => write('customers.remove', [id, ifVersion], by),
    },
    users: {
      find: async (id) => findUser(db, shop, id),
      findForLogin: async (name) => findUserForLogin(db, shop, name),
      findWithHash: async (id) => findUserWithHash(db, shop, id),
      list: async () => listUsers(db, shop),
      count: async () => countUsers(db, shop),
      add: (input, by) => write('users.add', [input], by),
      addFirst: (input, by) => write('users.addFirst', [input], by),
      change: (id, changes, by) => write('users.change', [id, changes], by),
      changePreferences: (id, preferences, by) => write('users.changePreferences', [id, preferences], by),
      changePassword: (id, hash, keep, by) => write('users.changePassword', [id, hash, keep], by),
    },
    sessions: {
      bearer: async (userId, sessionId) => findBearer(db, shop, userId, sessionId),
      list: async (userId, at) => listSessions(db, shop, userId, at),
      open: (input, by) => write('sessions.open', [input], by),
      rotate: (oldHash, newHash, by) => write('sessions.rotate', [oldHash, newHash], by),
      revoke: (userId, sessionId, by) => write('sessions.revoke', [userId, sessionId], by),
      revokeAll: (userId, by) => write('sessions.revokeAll', [userId], by),
      takeAttempt: (input, by) => write('sessions.takeAttempt', [input], by),
      addTicket: (input, by) => write('sessions.addTicket', [input], by),
      takeTicket: (hash, path, by) => write('sessions.takeTicket', [hash, path], by),
    },
    settings: {
      get: async () => getSettings(db, shop),
      change: (changes, ifVersion, by) => write('settings.change', [changes, ifVersion], by),
    },
    journal: {
      list: async (filter, limit) => listJournal(db, shop, filter, limit),
      position: async () => journalPosition(db, shop),
      epoch: async () => readEpoch(db),
    },
    ping: async () => void db.get('SELECT 1'),
    info: async () => ({
      kind: 'sqlite',
      location: file,
      schemaVersion: schemaVersion(db),
      rows: countRows(db, shop),
    }),
    close: async () => {
      await writer.close();
      db.close();
    },
  } as Store;
}
