// What the shop needs of a database: methods of the shop's size, each atomic. No transaction, query builder or row
// leaves an adapter. Every method that changes the books takes `by` last and goes through the adapter's one door.
//
// All instants are milliseconds since 1970 (UTC), money is paise, weight is milligrams. Reads answer null where
// nothing is found; changes refuse with a ShopError, whose codes are named beside the method. `ifVersion` is the
// version the caller has seen: another one in the store is refused (`stale_version`); null skips the check.

import type { By, Written } from '../domain/actor.ts';
import type { BackupMark } from '../domain/backup.ts';
import type { Customer, CustomerChanges, CustomerFilter, NewCustomer } from '../domain/customer.ts';
import type { Image } from '../domain/image.ts';
import type { JournalEntry, JournalFilter, VerifyReport } from '../domain/journal.ts';
import type {
  CustomerKhata,
  CustomerStatement,
  KhataEntry,
  KhataFilter,
  KhataSummary,
  KhataTotals,
  NewKhataEntry,
  PostedEntry,
} from '../domain/khata.ts';
import type { CustomerAgeing } from '../domain/khata-ageing.ts';
import type { Metric } from '../domain/metric.ts';
import type {
  NewOrder,
  Order,
  OrderDetail,
  OrderFilter,
  OrderStatistics,
  OrderStatus,
  PlacedOrder,
} from '../domain/order.ts';
import type { Page, PageRequest, RowMark } from '../domain/page.ts';
import type { PaymentChange } from '../domain/payment-change.ts';
import type { Board } from '../domain/piece-price.ts';
import type {
  DiamondPrice,
  DiamondPriceFilter,
  Metal,
  MetalPrice,
  MetalPriceFilter,
  NewDiamondPrice,
  NewMetalPrice,
  RecordedPrice,
  RecordedStone,
} from '../domain/price.ts';
import type { ImportCounts, ImportedRate, ImportedStone, ImportFile } from '../domain/price-import.ts';
import type { NewSale, RecordedSale, Sale, SaleFilter } from '../domain/sale.ts';
import type { Settings, SettingsFields } from '../domain/settings.ts';
import type { TrainingJob } from '../domain/training-job.ts';
import type { NewUser, Preferences, User, UserChanges, UserWithHash } from '../domain/user.ts';
import type { AnalyticsStore } from './analytics-store.ts';
import type { BackupStore, MoveStore } from './backup-store.ts';
import type { ExportStore, ImportStore } from './export-store.ts';
import type { PredictionStores } from './prediction-store.ts';
import type { ProductStore } from './product-store.ts';
import type { SecondFactorStore } from './second-factor-store.ts';
import type { SessionStore } from './session-store.ts';

export interface Store extends PredictionStores {
  readonly products: ProductStore;
  readonly images: ImageStore;
  readonly customers: CustomerStore;
  readonly khata: KhataStore;
  readonly orders: OrderStore;
  readonly sales: SaleStore;
  readonly prices: PriceStore;
  readonly analytics: AnalyticsStore;
  readonly reference: ReferenceStore;
  readonly users: UserStore;
  readonly sessions: SessionStore;
  readonly secondFactors: SecondFactorStore;
  readonly settings: SettingsStore;
  readonly journal: JournalStore;
  readonly backups: BackupStore;
  readonly exports: ExportStore;
  readonly imports: ImportStore;
  readonly moves: MoveStore;
  /**
   * Runs a change by its name and arguments, as every changing method does: for processes that have no way of their own
   * to write, and send their changes as plain data. Rejects a name that is no change.
   */
  readonly run: RunChange;
  /** What the store has counted since this process opened it. */
  readings(): Metric[];
  /** In one reading. */
  vitals(): Promise<Vitals>;
  /** Answers when the database can be read; throws otherwise. */
  ping(): Promise<void>;
  info(): Promise<StoreInfo>;
  /** Finishes the changes under way and closes. Safe to call twice. */
  close(): Promise<void>;
}

/** What monitors ask again and again. */
export interface Vitals {
  /** The number of the last journal entry. */
  position: number;
  /** As ModelStore.generation. */
  modelGeneration: number;
  /** As JobStore.open. */
  openJobs: TrainingJob[];
  /** The newest `backup.made` and `backup.failed` of the journal. */
  backupMade: BackupMark | null;
  backupFailed: BackupMark | null;
}

/** A change as plain data: its name (`khata.post`), what the method of that name takes, and who makes it. */
export type RunChange = (name: string, args: readonly unknown[], by: By) => Promise<Written<unknown>>;

/** The writer of this machine, where another process holds it. */
export interface WriterElsewhere {
  readonly run: RunChange;
  /** How many changes the processes of this machine have made: another number, as soon as any of them is answered. */
  readonly changes: number;
}

export interface StoreInfo {
  kind: 'sqlite' | 'mongodb';
  /** Where the data is, without credentials. */
  location: string;
  schemaVersion: number;
  /** Whether the database itself refuses to change or remove what stands in the journal and the ledger. */
  isAppendOnly: boolean;
  /** Rows by table, for `swati status`. */
  rows: Record<string, number>;
}

export interface ImageStore {
  find(name: string): Promise<Image | null>;
  /** The name is new; the bytes are durable before the answer. */
  add(image: Omit<Image, 'createdAt' | 'sha256'>, by: By): Promise<Written<{ name: string }>>;
  /** Refuses: image_not_found. */
  remove(name: string, by: By): Promise<Written<null>>;
  /** Removes images older than `before` that no piece (removed ones included) shows. Answers their names. */
  removeOrphans(before: number, by: By): Promise<Written<string[]>>;
}

export interface CustomerStore {
  find(id: string): Promise<Customer | null>;
  /** Newest first (created_at, then id). */
  list(filter: CustomerFilter, page: PageRequest): Promise<Page<Customer>>;
  /** Paise that came in from a customer in cash from an instant on: on sales, on orders and into the khata, without
   * what was taken back. */
  cashReceived(id: string, since: number): Promise<number | null>;
  /** Refuses: phone_taken. */
  add(input: NewCustomer, by: By): Promise<Written<Customer>>;
  /** Refuses: customer_not_found, phone_taken, stale_version. */
  change(id: string, changes: CustomerChanges, ifVersion: number | null, by: By): Promise<Written<Customer>>;
  /** Hides the customer; orders and ledger stay. Refuses: customer_not_found, customer_has_balance, stale_version. */
  remove(id: string, ifVersion: number | null, by: By): Promise<Written<null>>;
  /** Brings one back who was removed; one that is there stays as they are. Refuses: customer_not_found, phone_taken. */
  restore(id: string, by: By): Promise<Written<Customer>>;
}

export interface KhataStore {
  find(id: string): Promise<KhataEntry | null>;
  /** Newest first, by ledger position. */
  list(filter: KhataFilter, page: PageRequest): Promise<Page<KhataEntry>>;
  /** One page of a customer's entries, oldest first, after a position: for statements. */
  listFrom(customerId: string, afterPosition: number, limit: number): Promise<KhataEntry[]>;
  /**
   * How a customer's statement begins: with the first entry (by position) that is not before `from`, at most `limit` of
   * them; null: from the customer's first one on.
   */
  statement(customerId: string, from: number | null, limit: number): Promise<CustomerStatement | null>;
  totals(customerId: string): Promise<KhataTotals>;
  /** A customer with one page of its entries (newest first) and their totals, all of one moment. */
  ofCustomer(customerId: string, page: PageRequest): Promise<CustomerKhata | null>;
  /** What a customer has not paid yet by age, as of a day: payments settle the oldest debit first. */
  ageing(customerId: string, today: string): Promise<CustomerAgeing | null>;
  summary(): Promise<KhataSummary>;
  /** Refuses: customer_not_found, credit_limit_exceeded, invalid_input (the balance leaves its range). */
  post(input: NewKhataEntry, by: By): Promise<Written<PostedEntry>>;
  /** Posts the opposite of an entry, and brings a removed customer back. Refuses: entry_not_found,
   * entry_already_reversed, entry_is_reversal, phone_taken (somebody else has the customer's phone by now). */
  reverse(id: string, reversalId: string, reason: string, by: By): Promise<Written<KhataEntry>>;
}

export interface OrderStore {
  find(id: string): Promise<Order | null>;
  /** Newest first (created_at, then id); full rows. */
  list(filter: OrderFilter, page: PageRequest): Promise<Page<Order>>;
  /** The same order, what follows a row; null: from the newest on. For exports. */
  listAfter(filter: OrderFilter, row: RowMark | null, limit: number): Promise<Order[]>;
  statistics(filter: OrderFilter): Promise<OrderStatistics>;
  /** The order with its customer of today, whether its debit stands, and its history, from the journal. */
  detail(id: string): Promise<OrderDetail | null>;
  /** Number, stock, khata and payments in one write. Refuses: unknown_customer, unknown_product, out_of_stock,
   * credit_limit_exceeded, invalid_input (discount or payments over the total), busy (no number is free). */
  add(input: NewOrder, by: By): Promise<Written<PlacedOrder>>;
  /** Cancelling gives the taken stock back and reverses the khata entry (under `reversalId`), unless that was done
   * by hand before. To the status it has: nothing changes. Refuses: order_not_found, order_is_cancelled,
   * stale_version, phone_taken (as KhataStore.reverse does). */
  changeStatus(
    id: string,
    status: OrderStatus,
    reversalId: string,
    ifVersion: number | null,
    by: By,
  ): Promise<Written<Order>>;
  /** Adds the rows of `paymentsOnChange`; never posts to the khata. Refuses: order_not_found, stale_version (also
   * where it books another amount than the caller was told), invalid_input and order_is_cancelled (a part). */
  changePaymentStatus(
    id: string,
    change: PaymentChange,
    ifVersion: number | null,
    by: By,
  ): Promise<Written<Order>>;
  /** Appends a stamped line to the notes for the customer or for the shop. Refuses: order_not_found, stale_version,
   * invalid_input (the notes grow too long). */
  addNotes(
    id: string,
    added: { notes?: string; adminNotes?: string },
    ifVersion: number | null,
    by: By,
  ): Promise<Written<Order>>;
}

export interface SaleStore {
  find(id: string): Promise<Sale | null>;
  /** Newest first (created_at, then id). */
  list(filter: SaleFilter, page: PageRequest): Promise<Page<Sale>>;
  /** As OrderStore.listAfter. */
  listAfter(filter: SaleFilter, row: RowMark | null, limit: number): Promise<Sale[]>;
  /** Refuses as OrderStore.add does. */
  add(input: NewSale, by: By): Promise<Written<RecordedSale>>;
}

export interface PriceStore {
  /** Newest first (day, then recording). */
  list(filter: MetalPriceFilter, page: PageRequest): Promise<Page<MetalPrice>>;
  /** The rate in force at an instant: latest day not after it, latest recorded, not held. */
  latest(metal: Metal, purity: string, at: number): Promise<MetalPrice | null>;
  /** The rate in force at an instant, and the one that was in force until the day before it: none, one or two. */
  latestTwo(metal: Metal, purity: string, at: number): Promise<MetalPrice[]>;
  /** What pieces are priced by at an instant: the gold rates then in force, and the shop's making charge of today. */
  board(at: number): Promise<Board>;
  /** Refuses: rate_too_far (unless `confirm`). A rate that the guard doubts is recorded as held. */
  record(input: NewMetalPrice, by: By): Promise<Written<RecordedPrice>>;
  /** Puts a held rate in force. Refuses: price_not_found, rate_not_held. */
  confirm(metal: Metal, id: string, by: By): Promise<Written<MetalPrice>>;
  listDiamonds(filter: DiamondPriceFilter, page: PageRequest): Promise<Page<DiamondPrice>>;
  recordDiamond(input: NewDiamondPrice, by: By): Promise<Written<RecordedStone>>;
  /** What `import` would say of these rows; changes nothing. */
  countNew(metal: Metal, rows: ImportedRate[]): Promise<ImportCounts>;
  countNewDiamonds(rows: ImportedStone[]): Promise<ImportCounts>;
  /** All rows that are not there yet, in their order and never held, or none. One journal entry; none where all are
   * there. Refuses: invalid_input (too many rows, a day after today). */
  import(metal: Metal, rows: ImportedRate[], file: ImportFile, by: By): Promise<Written<ImportCounts>>;
  importDiamonds(rows: ImportedStone[], file: ImportFile, by: By): Promise<Written<ImportCounts>>;
}

/** Open reference data: priors for the models, never shown as the shop's own prices. */
export interface ReferenceStore {
  counts(): Promise<{ goldMonths: number; diamonds: number }>;
  /** The monthly series, oldest first. */
  gold(): Promise<ReferenceData['gold']>;
  /** Loads the data into a store that has none; one that has some keeps it. Answers what is there. */
  load(data: ReferenceData, by: By): Promise<Written<{ goldMonths: number; diamonds: number }>>;
}
/** Months `YYYY-MM`, fine gold in paise per gram; stones by column, a place each, prices in whole US dollars. */
export interface ReferenceData {
  gold: { month: string; paisePerGram: number; rupeesPerDollar: number }[];
  diamonds: {
    milliCarat: Uint16Array;
    cut: ReferenceGrades;
    color: ReferenceGrades;
    clarity: ReferenceGrades;
    depth: Float64Array;
    table: Float64Array;
    x: Float64Array;
    y: Float64Array;
    z: Float64Array;
    dollars: Uint16Array;
  };
}
/** The grades that occur, and for each stone which of them it has. */
export interface ReferenceGrades {
  names: string[];
  codes: Uint8Array;
}

export interface UserStore {
  find(id: string): Promise<User | null>;
  /** Exact username first, then e-mail without regard to case. */
  findForLogin(usernameOrEmail: string): Promise<UserWithHash | null>;
  findWithHash(id: string): Promise<UserWithHash | null>;
  /** Oldest first. */
  list(): Promise<User[]>;
  count(): Promise<number>;
  /** Refuses: user_taken; forbidden when the maker gives rights it does not hold itself. */
  add(input: NewUser, by: By): Promise<Written<User>>;
  /** The first account of an empty store. Refuses: setup_closed when there is any account. */
  addFirst(input: NewUser, by: By): Promise<Written<User>>;
  /**
   * A new password or a disabled account ends all its sessions. Refuses: user_not_found, last_admin; forbidden when
   * the one who changes it does not hold the account's rights, before or after.
   */
  change(id: string, changes: UserChanges, by: By): Promise<Written<User>>;
  /** Fields left out stay as they are. Refuses: user_not_found. */
  changePreferences(id: string, changes: Partial<Preferences>, by: By): Promise<Written<User>>;
  /**
   * The account's own password change: ends all sessions but the one named. Refuses: user_not_found; password_wrong
   * when the stored hash is no longer the one that the current password was checked against.
   */
  changePassword(id: string, change: PasswordChange, by: By): Promise<Written<User>>;
}

export interface PasswordChange {
  passwordHash: string;
  checkedHash: string;
  keepSessionId: string | null;
  attemptId: string | null;
}

export interface SettingsStore {
  get(): Promise<Settings>;
  /** Refuses: stale_version. */
  change(changes: Partial<SettingsFields>, ifVersion: number | null, by: By): Promise<Written<Settings>>;
}

export interface JournalStore {
  /** Walks the journal: for the command line. */
  findByHash(hash: string): Promise<JournalEntry | null>;
  /** Newest first, at most `limit`. */
  list(filter: JournalFilter, limit: number): Promise<JournalEntry[]>;
  /** What follows a position, oldest first, at most `limit`. Asked many times a second while someone listens: cheap. */
  listAfter(position: number, limit: number): Promise<JournalEntry[]>;
  /** The position of the newest entry: rises with every change of the books, whoever made it. Cheap. */
  position(): Promise<number>;
  /**
   * Another value after every commit that this machine can see, whoever made it; it may also change for nothing. Asked
   * before every answer from memory, so it costs about a microsecond and waits for nothing. A store on another machine
   * counts its own writes at once, those of others when `position` has told of them, and lets time change it at least
   * twice a second.
   */
  stamp(): number | string;
  /** A random text made with the store, new after every restore. */
  epoch(): Promise<string>;
  /** Checks the hash chain, balances against folds, references and the database itself. Long: for `swati verify`. */
  verify(): Promise<VerifyReport>;
}
