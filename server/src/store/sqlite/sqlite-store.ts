// The embedded store: reads on a read-only connection of the calling thread, changes through the writer thread.

import { join } from 'node:path';
import type { ImportCounts } from '../../domain/price-import.ts';
import { refuseTooManyRows } from '../../domain/record-import.ts';
import type { ProductStore } from '../product-store.ts';
import type { SecondFactorStore } from '../second-factor-store.ts';
import type { SessionStore } from '../session-store.ts';
import { SHOP_ID } from '../shop-id.ts';
import type {
  CustomerStore,
  ImageStore,
  KhataStore,
  OrderStore,
  PriceStore,
  RunChange,
  SaleStore,
  Store,
  UserStore,
  WriterElsewhere,
} from '../store.ts';
import { analyticsOf } from './analytics-store.ts';
import { dumpDatabase } from './archive/dump.ts';
import { atOneMoment, type Connection, openConnection } from './database.ts';
import { openExportReader } from './exports.ts';
import { currentFolder } from './generations.ts';
import { forecastsOf, jobsOf, learningOf, modelsOf } from './prediction-stores.ts';
import { lockShared, type ProcessLock } from './process-lock.ts';
import { Bearers } from './reads/bearers.ts';
import { cashFromCustomer } from './reads/cash.ts';
import { findCustomer, listCustomers } from './reads/customers.ts';
import { findImage } from './reads/images.ts';
import { findByHash, journalPosition, listAction, listJournal, listJournalAfter } from './reads/journal.ts';
import {
  beginStatement,
  findEntry,
  khataOfCustomer,
  khataTotals,
  listEntries,
  listEntriesFrom,
  summariseKhata,
} from './reads/khata.ts';
import { khataAgeingOf } from './reads/khata-ageing.ts';
import { movedTo } from './reads/moves.ts';
import { findOrder, findOrderDetail, listOrders, listOrdersAfter, orderStatistics } from './reads/orders.ts';
import { newRates, newStones } from './reads/price-imports.ts';
import { boardOf, latestMetalPrice, latestTwo, listDiamondPrices, listMetalPrices } from './reads/prices.ts';
import { findProduct, listProducts, listProductsAfter } from './reads/products.ts';
import { countReference, readReferenceGold } from './reads/reference.ts';
import { findSale, listSales, listSalesAfter } from './reads/sales.ts';
import { findSecondFactor } from './reads/second-factors.ts';
import { isKnownAddress, listSessions } from './reads/sessions.ts';
import { getSettings } from './reads/settings.ts';
import { countRows, readEpoch, schemaVersion } from './reads/shop.ts';
import { stampOf } from './reads/stamp.ts';
import { keepTotals } from './reads/totals.ts';
import { countUsers, findUser, findUserForLogin, findUserWithHash, listUsers } from './reads/users.ts';
import { readVitals } from './reads/vitals.ts';
import { verifyDatabase } from './verify.ts';
import { startWriter, type Writer } from './writes/writer.ts';

export interface SqliteOptions {
  /** The folder of the shop's data; it must exist. */
  dataDir: string;
  now: number;
  /** The writing thread died: what is unanswered is unknown, and the process must end. */
  onDeath: (error: Error) => void;
  /** Given where another process holds the writer: changes go there, and the database is open already. */
  elsewhere?: WriterElsewhere | undefined;
}

type Write = ReturnType<Writer['writeFor']>;

/** Opens or makes the database. Rejects with StoreRefused when it cannot be used. */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  return shopOf(await openDatabase(options), SHOP_ID);
}

/** A database with its writer thread and this thread's reading connection. */
export interface OpenDatabase {
  file: string;
  writer: Writer;
  db: Connection;
  /** Held while the database is open: nobody replaces it meanwhile. */
  lock: ProcessLock;
}

export async function openDatabase(options: SqliteOptions): Promise<OpenDatabase> {
  const lock = lockShared(options.dataDir);
  try {
    const file = join(currentFolder(options.dataDir), 'shop.db');
    const { now, onDeath, elsewhere } = options;
    const writer = elsewhere ? forwardingWriter(elsewhere.run) : await startWriter({ file, now, onDeath });
    try {
      const db = openConnection(file, 'serve');
      keepTotals(db);
      return { file, writer, db, lock };
    } catch (error) {
      await writer.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Another process has the thread, and closes it. */
function forwardingWriter(run: RunChange): Writer {
  return { writeFor: () => run as Write, readings: () => [], close: async () => undefined };
}

/** One shop of an open database. Closing it closes the database. */
export function shopOf({ file, writer, db, lock }: OpenDatabase, shop: string): Store {
  const write = writer.writeFor(shop);
  return {
    products: productsOf(db, shop, write),
    images: imagesOf(db, shop, write),
    customers: customersOf(db, shop, write),
    khata: khataOf(db, shop, write),
    orders: ordersOf(db, shop, write),
    sales: salesOf(db, shop, write),
    prices: pricesOf(db, shop, write),
    analytics: analyticsOf(db, shop),
    reference: {
      counts: async () => countReference(db, shop),
      gold: async () => readReferenceGold(db, shop),
      load: (data, by) => write('reference.load', [data], by),
    },
    learning: learningOf(db, shop),
    models: modelsOf(db, shop, write),
    jobs: jobsOf(db, shop, write),
    forecasts: forecastsOf(db, shop, write),
    users: usersOf(db, shop, write),
    sessions: sessionsOf(db, shop, write),
    secondFactors: secondFactorsOf(db, shop, write),
    settings: {
      get: async () => getSettings(db, shop),
      change: (changes, ifVersion, by) => write('settings.change', [changes, ifVersion], by),
    },
    journal: {
      findByHash: async (hash) => findByHash(db, shop, hash),
      list: (filter, limit) => listJournal(db, shop, filter, limit),
      listAfter: async (position, limit) => listJournalAfter(db, shop, position, limit),
      position: async () => journalPosition(db, shop),
      stamp: stampOf(db),
      epoch: async () => readEpoch(db),
      verify: () => verifyDatabase(file, shop),
    },
    backups: {
      dump: () => dumpDatabase(file),
      attempts: async (limit) =>
        atOneMoment(db, () => ({
          made: listAction(db, shop, 'backup.made', limit),
          failed: listAction(db, shop, 'backup.failed', limit),
          asked: listAction(db, shop, 'backup.asked', limit),
        })),
      record: (report, by) => write('backups.record', [report], by),
      recordRestore: (archive, by) => write('backups.recordRestore', [archive], by),
    },
    exports: {
      open: async (mode) => openExportReader(file, shop, mode),
      made: (record, by) => write('exports.made', [record], by),
    },
    imports: {
      customers: (rows, by) => write('imports.customers', [rows], by),
      products: (rows, by) => write('imports.products', [rows], by),
      refuseTooMany: refuseTooManyRows,
    },
    moves: {
      movedTo: async () => movedTo(db, shop),
      leave: (to, by) => write('moves.leave', [to], by),
      comeBack: (by) => write('moves.comeBack', [], by),
    },
    run: (name, args, by) => (write as RunChange)(name, args, by),
    readings: () => [...db.readings(), ...writer.readings()],
    vitals: async () => atOneMoment(db, () => readVitals(db, shop)),
    ping: async () => void db.get('SELECT 1'),
    info: async () => ({
      kind: 'sqlite',
      location: file,
      schemaVersion: schemaVersion(db),
      isAppendOnly: true,
      rows: countRows(db, shop),
    }),
    close: async () => {
      // The writing connection closes last: it moves the log into the database and removes it.
      db.close();
      await writer.close();
      lock.release();
    },
  };
}

function productsOf(db: Connection, shop: string, write: Write): ProductStore {
  return {
    find: async (id) => findProduct(db, shop, id),
    list: async (filter, page) => atOneMoment(db, () => listProducts(db, shop, filter, page)),
    listAfter: async (filter, row, limit) => listProductsAfter(db, shop, filter, row, limit),
    add: (input, by) => write('products.add', [input], by),
    change: (id, changes, ifVersion, by) => write('products.change', [id, changes, ifVersion], by),
    remove: (id, ifVersion, by) => write('products.remove', [id, ifVersion], by),
    restore: (id, by) => write('products.restore', [id], by),
    bulk: (ids, action, by) => write('products.bulk', [ids, action], by),
    changeMany: (ids, changes, by) => write('products.changeMany', [ids, changes], by),
  };
}

function imagesOf(db: Connection, shop: string, write: Write): ImageStore {
  return {
    find: (name) => findImage(db, shop, db.folder, name),
    add: (image, by) => write('images.add', [image], by),
    remove: (name, by) => write('images.remove', [name], by),
    removeOrphans: (before, by) => write('images.removeOrphans', [before], by),
  };
}

function customersOf(db: Connection, shop: string, write: Write): CustomerStore {
  return {
    find: async (id) => findCustomer(db, shop, id),
    list: async (filter, page) => atOneMoment(db, () => listCustomers(db, shop, filter, page)),
    cashReceived: async (id, since) => atOneMoment(db, () => cashFromCustomer(db, shop, id, since)),
    add: (input, by) => write('customers.add', [input], by),
    change: (id, changes, ifVersion, by) => write('customers.change', [id, changes, ifVersion], by),
    remove: (id, ifVersion, by) => write('customers.remove', [id, ifVersion], by),
    restore: (id, by) => write('customers.restore', [id], by),
  };
}

function pricesOf(db: Connection, shop: string, write: Write): PriceStore {
  return {
    list: async (filter, page) => listMetalPrices(db, shop, filter, page),
    latest: async (metal, purity, at) => latestMetalPrice(db, shop, metal, purity, at),
    latestTwo: async (metal, purity, at) => atOneMoment(db, () => latestTwo(db, shop, metal, purity, at)),
    board: async (at) => boardOf(db, shop, at),
    record: (input, by) => write('prices.record', [input], by),
    confirm: (metal, id, by) => write('prices.confirm', [metal, id], by),
    listDiamonds: async (filter, page) => listDiamondPrices(db, shop, filter, page),
    recordDiamond: (input, by) => write('prices.recordDiamond', [input], by),
    countNew: async (metal, rows) => atOneMoment(db, () => countsOf(rows, newRates(db, shop, metal, rows))),
    countNewDiamonds: async (rows) => atOneMoment(db, () => countsOf(rows, newStones(db, shop, rows))),
    import: (metal, rows, file, by) => write('prices.import', [metal, rows, file], by),
    importDiamonds: (rows, file, by) => write('prices.importDiamonds', [rows, file], by),
  };
}

function countsOf(rows: readonly unknown[], added: readonly unknown[]): ImportCounts {
  return { added: added.length, known: rows.length - added.length };
}

function usersOf(db: Connection, shop: string, write: Write): UserStore {
  return {
    find: async (id) => findUser(db, shop, id),
    findForLogin: async (name) => findUserForLogin(db, shop, name),
    findWithHash: async (id) => findUserWithHash(db, shop, id),
    list: async () => listUsers(db, shop),
    count: async () => countUsers(db, shop),
    add: (input, by) => write('users.add', [input], by),
    addFirst: (input, by) => write('users.addFirst', [input], by),
    change: (id, changes, by) => write('users.change', [id, changes], by),
    changePreferences: (id, changes, by) => write('users.changePreferences', [id, changes], by),
    changePassword: (id, change, by) => write('users.changePassword', [id, change], by),
  };
}

function khataOf(db: Connection, shop: string, write: Write): KhataStore {
  return {
    find: async (id) => findEntry(db, shop, id),
    list: async (filter, page) => atOneMoment(db, () => listEntries(db, shop, filter, page)),
    listFrom: async (customerId, after, limit) => listEntriesFrom(db, shop, customerId, after, limit),
    statement: async (customerId, from, limit) =>
      atOneMoment(db, () => beginStatement(db, shop, customerId, from, limit)),
    totals: async (customerId) => khataTotals(db, shop, customerId),
    ofCustomer: async (id, page) => atOneMoment(db, () => khataOfCustomer(db, shop, id, page)),
    ageing: async (customerId, today) => khataAgeingOf(db, shop, customerId, today),
    summary: async () => atOneMoment(db, () => summariseKhata(db, shop)),
    post: (input, by) => write('khata.post', [input], by),
    reverse: (id, reversalId, reason, by) => write('khata.reverse', [id, reversalId, reason], by),
  };
}

function ordersOf(db: Connection, shop: string, write: Write): OrderStore {
  return {
    find: async (id) => atOneMoment(db, () => findOrder(db, shop, id)),
    list: async (filter, page) => atOneMoment(db, () => listOrders(db, shop, filter, page)),
    listAfter: async (filter, row, limit) =>
      atOneMoment(db, () => listOrdersAfter(db, shop, filter, row, limit)),
    statistics: async (filter) => orderStatistics(db, shop, filter),
    detail: async (id) => atOneMoment(db, () => findOrderDetail(db, shop, id)),
    add: (input, by) => write('orders.add', [input], by),
    changeStatus: (id, status, reversalId, ifVersion, by) =>
      write('orders.changeStatus', [id, status, reversalId, ifVersion], by),
    changePaymentStatus: (id, change, ifVersion, by) =>
      write('orders.changePaymentStatus', [id, change, ifVersion], by),
    addNotes: (id, added, ifVersion, by) => write('orders.addNotes', [id, added, ifVersion], by),
  };
}

function salesOf(db: Connection, shop: string, write: Write): SaleStore {
  return {
    find: async (id) => atOneMoment(db, () => findSale(db, shop, id)),
    list: async (filter, page) => atOneMoment(db, () => listSales(db, shop, filter, page)),
    listAfter: async (filter, row, limit) =>
      atOneMoment(db, () => listSalesAfter(db, shop, filter, row, limit)),
    add: (input, by) => write('sales.add', [input], by),
  };
}

function sessionsOf(db: Connection, shop: string, write: Write): SessionStore {
  const bearers = new Bearers(db, shop);
  return {
    bearer: async (userId, sessionId) => bearers.find(userId, sessionId),
    list: async (userId, at) => listSessions(db, shop, userId, at),
    isKnownAddress: async (account, address, at) => isKnownAddress(db, shop, { account, address }, at),
    open: (input, by) => write(input.isJournalled ? 'sessions.openJournalled' : 'sessions.open', [input], by),
    rotate: (old, newHash, by) => write('sessions.rotate', [old, newHash], by),
    revoke: (userId, sessionId, by) => write('sessions.revoke', [userId, sessionId], by),
    signOut: (input, by) => write('sessions.signOut', [input], by),
    revokeAll: (userId, by) => write('sessions.revokeAll', [userId], by),
    takeAttempt: (input, by) => write('sessions.takeAttempt', [input], by),
    forgetAttempt: (id, by) => write('sessions.forgetAttempt', [id], by),
    addTicket: (input, by) => write('sessions.addTicket', [input], by),
    takeTicket: (ticket, by) => write('sessions.takeTicket', [ticket], by),
  };
}

function secondFactorsOf(db: Connection, shop: string, write: Write): SecondFactorStore {
  return {
    find: async (userId) => findSecondFactor(db, shop, userId),
    enrol: (userId, sealed, by) => write('secondFactors.enrol', [userId, sealed], by),
    confirm: (userId, confirmed, by) => write('secondFactors.confirm', [userId, confirmed], by),
    renewCodes: (userId, proof, hashes, by) => write('secondFactors.renewCodes', [userId, proof, hashes], by),
    drop: (userId, proof, by) => write('secondFactors.drop', [userId, proof], by),
    reset: (userId, by) => write('secondFactors.reset', [userId], by),
  };
}
