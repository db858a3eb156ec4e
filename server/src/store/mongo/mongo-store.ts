// The store on a MongoDB replica set or sharded cluster: reads from the primary what a majority has, changes through the
// one door in grouped transactions.

import type { Db, MongoClient } from 'mongodb';
import { gauge } from '../../domain/metric.ts';
import type { ImportStore } from '../export-store.ts';
import type { ProductStore } from '../product-store.ts';
import type { SecondFactorStore } from '../second-factor-store.ts';
import type { SessionStore } from '../session-store.ts';
import { SHOP_ID } from '../shop-id.ts';
import type {
  CustomerStore,
  JournalStore,
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
import { availably } from './availably.ts';
import { verifyBooks } from './checks/verify-books.ts';
import { ClusterMeter } from './cluster-meter.ts';
import { type ConnectOptions, connect, explain, hostsOf } from './connect.ts';
import { openExportReader } from './exports.ts';
import { currentDatabase } from './generations.ts';
import { imagesOf } from './images-store.ts';
import { forecastsOf, jobsOf, learningOf, modelsOf } from './prediction-stores.ts';
import { Bearers } from './reads/bearers.ts';
import { cashFromCustomer } from './reads/cash.ts';
import { findCustomerRow, listCustomers, toCustomer } from './reads/customers.ts';
import { findByHash, listBackups, listJournal, listJournalAfter } from './reads/journal.ts';
import {
  findEntry,
  khataOfCustomer,
  khataTotals,
  listEntries,
  listEntriesFrom,
  summariseKhata,
} from './reads/khata.ts';
import { khataAgeingOf } from './reads/khata-ageing.ts';
import { beginStatement } from './reads/khata-statement.ts';
import { findOrderDetail } from './reads/order-detail.ts';
import { findOrder, listOrders, listOrdersAfter, orderStatistics } from './reads/orders.ts';
import { countNewRates, countNewStones } from './reads/price-imports.ts';
import { boardOf, latestMetalPrice, latestTwo, listDiamondPrices, listMetalPrices } from './reads/prices.ts';
import { findProduct, listProducts, listProductsAfter } from './reads/products.ts';
import { Questions } from './reads/questions.ts';
import { countReference, readReferenceGold } from './reads/reference.ts';
import { findSale, listSales, listSalesAfter } from './reads/sales.ts';
import { isKnownAddress, listSessions } from './reads/sessions.ts';
import { findShop, toSettings } from './reads/settings.ts';
import {
  countUsers,
  findSecondFactor,
  findUser,
  findUserForLogin,
  findUserWithHash,
  listUsers,
} from './reads/users.ts';
import { readVitals } from './reads/vitals.ts';
import { isAppendOnly } from './schema/accounts.ts';
import { COLLECTIONS } from './schema/collections.ts';
import { prepareSchema, refuseUnprepared, schemaVersion } from './schema/prepare.ts';
import { upkeepOf } from './upkeep.ts';
import { type ChangeTable, SHOP_CHANGES } from './writes/changes.ts';
import { Door } from './writes/door.ts';
import { refuseTooManyPrices, refuseTooManyRecords } from './writes/import-size.ts';
import { type Write, Writer } from './writes/writer.ts';

export interface MongoOptions extends ConnectOptions {
  /** Given where another process of this machine holds the door: one process a machine writes. */
  elsewhere?: WriterElsewhere | undefined;
}

/** Connects and prepares the schema. Rejects with StoreRefused when the cluster or the database cannot be used. */
export async function openMongoStore({ elsewhere, ...options }: MongoOptions): Promise<Store> {
  return shopOf(await openDatabase(options), SHOP_ID, elsewhere);
}

/** Brings the schema to this program's, with an account that may. Rejects as openMongoStore does. */
export async function prepareCluster(options: ConnectOptions): Promise<void> {
  await onceThere(options, async (db) => void (await prepareSchema(db)));
}

/** Rejects with StoreRefused where no shop is, or one of an older schema, which only a start brings to this program's. */
export async function refuseAbsentCluster(options: ConnectOptions): Promise<void> {
  await onceThere(options, refuseUnprepared);
}

async function onceThere(options: ConnectOptions, work: (db: Db) => Promise<void>): Promise<void> {
  const client = await connect(options);
  try {
    await work(await currentDatabase(client));
  } catch (error) {
    throw explain(error, client);
  } finally {
    await client.close();
  }
}

/** A connected cluster and the one door to its database. */
export interface OpenDatabase {
  client: MongoClient;
  db: Db;
  door: Door;
  epoch: string;
  /** One for all shops: it listens to the client. */
  meter: ClusterMeter;
}

export async function openDatabase(
  options: ConnectOptions,
  table: ChangeTable = SHOP_CHANGES,
): Promise<OpenDatabase> {
  const client = await connect({ ...options, monitorCommands: true });
  const meter = new ClusterMeter(client);
  try {
    const db = await currentDatabase(client);
    return { client, db, door: new Door({ client, db, table }), epoch: await prepareSchema(db), meter };
  } catch (error) {
    await client.close();
    throw explain(error, client);
  }
}

/** What the processes of this machine wrote is noticed at once; what other machines wrote, so soon. */
const OTHERS_SEEN_WITHIN_MS = 500;

/** One shop of an open database. Closing it closes the connection. */
export function shopOf(
  { client, db, door, epoch, meter }: OpenDatabase,
  shop: string,
  elsewhere?: WriterElsewhere,
): Store {
  const upkeep = upkeepOf(db);
  const writer = new Writer({ door, shopId: shop, meter, onGroup: (shopId, at) => upkeep.run(shopId, at) });
  const write = elsewhere ? (elsewhere.run as Write) : writer.write;
  const head = headOf(db, shop);
  const stamp = () => head.stamp(elsewhere?.changes ?? writer.answered);
  const accountStamp = () => head.stamp(elsewhere?.changes ?? door.accountChanges);
  const questions = new Questions(db);
  const store: Omit<Store, 'close'> = {
    products: productsOf(db, questions, shop, write),
    images: imagesOf(db, shop, write),
    customers: customersOf(db, questions, shop, write),
    khata: khataOf(db, questions, shop, write),
    orders: ordersOf(db, questions, shop, write),
    sales: salesOf(db, questions, shop, write),
    prices: pricesOf(db, questions, shop, write),
    analytics: analyticsOf(questions, shop),
    learning: learningOf(db, questions, shop),
    models: modelsOf(db, questions, shop, write),
    jobs: jobsOf(db, shop, write),
    forecasts: forecastsOf(db, shop, write),
    reference: {
      counts: () => countReference(db, shop),
      gold: () => readReferenceGold(questions, shop),
      load: (data, by) => write('reference.load', [data], by),
    },
    users: usersOf(db, shop, write),
    sessions: sessionsOf(db, shop, write, new Bearers(db, shop, accountStamp)),
    secondFactors: secondFactorsOf(db, shop, write),
    settings: {
      get: async () => toSettings(await findShop(db, shop)),
      change: (changes, ifVersion, by) => write('settings.change', [changes, ifVersion], by),
    },
    journal: {
      position: head.position,
      stamp,
      findByHash: (hash) => findByHash(db, shop, hash),
      list: (filter, limit) => listJournal(db, shop, filter, limit),
      listAfter: (position, limit) => listJournalAfter(questions, shop, position, limit),
      epoch: async () => epoch,
      verify: () => verifyBooks(db, shop),
    },
    backups: {
      dump: (folder) => dumpDatabase(db, folder === undefined ? {} : { folder }),
      attempts: (limit) => listBackups(db, shop, limit),
      record: (report, by) => write('backups.record', [report], by),
      recordRestore: (archive, by) => write('backups.recordRestore', [archive], by),
    },
    exports: {
      open: (mode, of) => openExportReader(db, shop, mode, of),
      made: (record, by) => write('exports.made', [record], by),
    },
    imports: importsOf(write),
    moves: {
      movedTo: async () => (await findShop(db, shop))?.movedTo ?? null,
      leave: (to, by) => write('moves.leave', [to], by),
      comeBack: (by) => write('moves.comeBack', [], by),
    },
    run: (name, args, by) => (write as RunChange)(name, args, by),
    readings: () => [
      gauge('swati_writes_waiting', 'Changes that are not answered yet', writer.unanswered),
      ...meter.read(),
    ],
    vitals: () => readVitals(db, shop),
    ping: async () => void (await findShop(db, shop)),
    info: async () => ({
      kind: 'mongodb',
      location: `${hostsOf(client)}/${db.databaseName}`,
      schemaVersion: await schemaVersion(db),
      isAppendOnly: await isAppendOnly(db),
      rows: await countRows(db, shop),
    }),
  };
  const close = async (): Promise<void> => {
    await writer.close();
    await upkeep.settled().finally(() => client.close());
  };
  return { ...availably(store), close };
}

interface Head extends Pick<JournalStore, 'position'> {
  /** `changes`: how many this machine has made of what the stamp is for. */
  stamp: (changes: number) => string;
}

function headOf(db: Db, shop: string): Head {
  // Of what other machines wrote: whoever waited for a position is answered from there on.
  let seen = 0;
  return {
    position: async () => {
      const { seq = 0 } = (await findShop(db, shop)) ?? {};
      seen = Math.max(seen, seq);
      return seq;
    },
    stamp: (changes) => `${changes} ${seen} ${Math.floor(Date.now() / OTHERS_SEEN_WITHIN_MS)}`,
  };
}

async function countRows(db: Db, shop: string): Promise<Record<string, number>> {
  const counts = COLLECTIONS.map(
    async ({ name }) => [name, await db.collection(name).countDocuments({ shop_id: shop })] as const,
  );
  return Object.fromEntries(await Promise.all(counts));
}

function importsOf(write: Write): ImportStore {
  return {
    customers: (rows, by) => write('imports.customers', [rows], by),
    products: (rows, by) => write('imports.products', [rows], by),
    refuseTooMany: refuseTooManyRecords,
  };
}

function productsOf(db: Db, questions: Questions, shop: string, write: Write): ProductStore {
  return {
    find: (id) => findProduct(questions, shop, id),
    list: (filter, page) => listProducts(db, shop, filter, page),
    listAfter: (filter, row, limit) => listProductsAfter(questions, shop, filter, row, limit),
    add: (input, by) => write('products.add', [input], by),
    change: (id, changes, ifVersion, by) => write('products.change', [id, changes, ifVersion], by),
    remove: (id, ifVersion, by) => write('products.remove', [id, ifVersion], by),
    restore: (id, by) => write('products.restore', [id], by),
    bulk: (ids, action, by) => write('products.bulk', [ids, action], by),
    changeMany: (ids, changes, by) => write('products.changeMany', [ids, changes], by),
  };
}

function customersOf(db: Db, questions: Questions, shop: string, write: Write): CustomerStore {
  return {
    find: async (id) => {
      const row = await findCustomerRow(db, shop, id);
      return row && toCustomer(row);
    },
    list: (filter, page) => listCustomers(db, shop, filter, page),
    cashReceived: (id, since) => cashFromCustomer(questions, shop, id, since),
    add: (input, by) => write('customers.add', [input], by),
    change: (id, changes, ifVersion, by) => write('customers.change', [id, changes, ifVersion], by),
    remove: (id, ifVersion, by) => write('customers.remove', [id, ifVersion], by),
    restore: (id, by) => write('customers.restore', [id], by),
  };
}

function khataOf(db: Db, questions: Questions, shop: string, write: Write): KhataStore {
  return {
    find: (id) => findEntry(db, shop, id),
    list: (filter, page) => listEntries(db, shop, filter, page),
    listFrom: (customerId, after, limit) => listEntriesFrom(db, shop, customerId, after, limit),
    statement: (customerId, from, limit) => beginStatement(db, shop, customerId, from, limit),
    totals: (customerId) => khataTotals(db, shop, customerId),
    ofCustomer: (id, page) => khataOfCustomer(db, shop, id, page),
    ageing: (customerId, today) => khataAgeingOf(db, shop, customerId, today),
    summary: () => summariseKhata(questions, shop),
    post: (input, by) => write('khata.post', [input], by),
    reverse: (id, reversalId, reason, by) => write('khata.reverse', [id, reversalId, reason], by),
  };
}

function ordersOf(db: Db, questions: Questions, shop: string, write: Write): OrderStore {
  return {
    find: (id) => findOrder(questions, shop, id),
    list: (filter, page) => listOrders(db, shop, filter, page),
    listAfter: (filter, row, limit) => listOrdersAfter(questions, shop, filter, row, limit),
    statistics: (filter) => orderStatistics(db, shop, filter),
    detail: (id) => findOrderDetail(db, shop, id),
    add: (input, by) => write('orders.add', [input], by),
    changeStatus: (id, status, reversalId, ifVersion, by) =>
      write('orders.changeStatus', [id, status, reversalId, ifVersion], by),
    changePaymentStatus: (id, change, ifVersion, by) =>
      write('orders.changePaymentStatus', [id, change, ifVersion], by),
    addNotes: (id, added, ifVersion, by) => write('orders.addNotes', [id, added, ifVersion], by),
  };
}

function salesOf(db: Db, questions: Questions, shop: string, write: Write): SaleStore {
  return {
    find: (id) => findSale(questions, shop, id),
    list: (filter, page) => listSales(db, shop, filter, page),
    listAfter: (filter, row, limit) => listSalesAfter(questions, shop, filter, row, limit),
    add: (input, by) => write('sales.add', [input], by),
  };
}

function pricesOf(db: Db, questions: Questions, shop: string, write: Write): PriceStore {
  const counted = async (rows: readonly unknown[], counting: Promise<number>) => {
    const added = await counting;
    refuseTooManyPrices(added);
    return { added, known: rows.length - added };
  };
  return {
    list: (filter, page) => listMetalPrices(db, shop, filter, page),
    latest: (metal, purity, at) => latestMetalPrice(questions, shop, metal, purity, at),
    latestTwo: (metal, purity, at) => latestTwo(questions, shop, metal, purity, at),
    board: (at) => boardOf(questions, shop, at),
    record: (input, by) => write('prices.record', [input], by),
    confirm: (metal, id, by) => write('prices.confirm', [metal, id], by),
    listDiamonds: (filter, page) => listDiamondPrices(db, shop, filter, page),
    recordDiamond: (input, by) => write('prices.recordDiamond', [input], by),
    countNew: (metal, rows) => counted(rows, countNewRates(db, shop, metal, rows)),
    countNewDiamonds: (rows) => counted(rows, countNewStones(db, shop, rows)),
    import: (metal, rows, file, by) => write('prices.import', [metal, rows, file], by),
    importDiamonds: (rows, file, by) => write('prices.importDiamonds', [rows, file], by),
  };
}

function usersOf(db: Db, shop: string, write: Write): UserStore {
  return {
    find: (id) => findUser(db, shop, id),
    findForLogin: (name) => findUserForLogin(db, shop, name),
    findWithHash: (id) => findUserWithHash(db, shop, id),
    list: () => listUsers(db, shop),
    count: () => countUsers(db, shop),
    add: (input, by) => write('users.add', [input], by),
    addFirst: (input, by) => write('users.addFirst', [input], by),
    change: (id, changes, by) => write('users.change', [id, changes], by),
    changePreferences: (id, changes, by) => write('users.changePreferences', [id, changes], by),
    changePassword: (id, change, by) => write('users.changePassword', [id, change], by),
  };
}

function sessionsOf(db: Db, shop: string, write: Write, bearers: Bearers): SessionStore {
  return {
    bearer: (userId, sessionId) => bearers.find(userId, sessionId),
    list: (userId, at) => listSessions(db, shop, userId, at),
    isKnownAddress: (account, address, at) => isKnownAddress(db, shop, { account, address }, at),
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

function secondFactorsOf(db: Db, shop: string, write: Write): SecondFactorStore {
  return {
    find: (userId) => findSecondFactor(db, shop, userId),
    enrol: (userId, sealed, by) => write('secondFactors.enrol', [userId, sealed], by),
    confirm: (userId, confirmed, by) => write('secondFactors.confirm', [userId, confirmed], by),
    renewCodes: (userId, proof, hashes, by) => write('secondFactors.renewCodes', [userId, proof, hashes], by),
    drop: (userId, proof, by) => write('secondFactors.drop', [userId, proof], by),
    reset: (userId, by) => write('secondFactors.reset', [userId], by),
  };
}
