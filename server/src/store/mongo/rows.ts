// What each collection holds, as the program sees it: the domain's types with the shop and what is kept beside them.
// Collections bear the names of the older backend (contract 1.11).

import type { Actor } from '../../domain/actor.ts';
import type { Customer } from '../../domain/customer.ts';
import type { Figure, FigureSum } from '../../domain/figures.ts';
import type { KhataEntry } from '../../domain/khata.ts';
import type { Order } from '../../domain/order.ts';
import type { DiamondPrice, MetalPrice } from '../../domain/price.ts';
import type { Product } from '../../domain/product.ts';
import type { Sale } from '../../domain/sale.ts';
import type { SecondFactor } from '../../domain/second-factor.ts';
import type { SettingsFields } from '../../domain/settings.ts';
import type { StoredForecast } from '../../domain/stored-forecast.ts';
import type { TrainingJob } from '../../domain/training-job.ts';
import type { UserWithHash } from '../../domain/user.ts';

interface Row {
  id: string;
  shopId: string;
}

/** One document a shop: the journal's head, the settings. Every change of the books writes it, so no two can cross. */
export interface ShopRow extends Row {
  seq: number;
  hash: string;
  settings: Partial<SettingsFields>;
  settingsVersion: number;
  settingsUpdatedAt: number;
  /** Rises with every model put in service or put back. */
  modelGeneration: number;
  /** Where the shop went; absent while it is here. No part of what is moved. */
  movedTo?: string;
}

export interface JournalRow extends Row {
  seq: number;
  format: number;
  at: number;
  actorKind: Actor['kind'];
  actorId: string | null;
  actorName: string;
  requestId: string;
  action: string;
  subjectType: string;
  subjectId: string;
  payloadHash: string;
  prevHash: string;
  hash: string;
}

/** Apart from the entry, so that a person's data can be erased without breaking the chain. JSON texts. */
export interface PayloadRow extends Row {
  seq: number;
  salt: string;
  before: string | null;
  after: string | null;
}

export interface SavedRow extends Row {
  claimant: string;
  /** Absent for the older client's retries: the unique index holds keyed ones alone. */
  key?: string;
  keyed: boolean;
  fingerprint: string;
  retries: number;
  at: number;
  position: number;
  requestId: string;
  /** JSON, as it was first answered. */
  outcome: string;
}

export interface CustomerRow extends Row, Customer {
  isActive: boolean;
  searchName: string;
  khataEntries: number;
  khataDebitsPaise: number;
  khataCreditsPaise: number;
  /** The ledger position of the customer's newest entry. */
  khataPosition: number;
  /** Debits that were not taken back, by the day they were posted, oldest first: as far back as ageing asks. */
  khataDays: { day: string; paise: number }[];
  bought: BoughtFigures;
}

/** What the customer bought. Orders count without the cancelled ones, but for the first, which is of any status. */
export interface BoughtFigures {
  sales: number;
  salesPaise: number;
  lastSaleAt: number | null;
  orders: number;
  ordersPaise: number;
  lastOrderAt: number | null;
  firstOrderAt: number | null;
}

/** What was sold of a piece, at the counter and by orders that are not cancelled. */
export interface SoldFigures {
  sold: number;
  soldPaise: number;
  soldFineMg: number;
  lastSaleAt: number | null;
  ordered: number;
  orderedPaise: number;
  orderedFineMg: number;
  lastOrderAt: number | null;
  /** Stays when all orders were cancelled: then the zeros are figures, too. */
  everOrdered: boolean;
}

export interface ProductRow extends Row, Product {
  searchText: string;
  figures: SoldFigures;
}

/** The figures of one of the shop's days, kept in the write of what they count. */
export interface DayRow extends Row {
  day: string;
  figures: ({ figure: Figure } & FigureSum)[];
}

/** A model and the one that served before it: swapped in one document, so that none is ever missing. */
export interface ModelRow extends Row {
  name: string;
  current: StoredModel;
  previous: StoredModel | null;
}
/** `metrics` and `details` are JSON: their keys are anybody's. */
export interface StoredModel {
  version: string;
  trainedAt: number;
  dataPoints: number;
  basis: string;
  seenPosition: number;
  metrics: string;
  details: string;
  byteCount: number;
  sha256: string;
  /** The file in GridFS. */
  fileId: string;
}

export interface JobRow extends Row, Omit<TrainingJob, 'outcome'> {
  /** Their order. */
  n: number;
  /** Whether it waits or runs: of each at most one. */
  open: boolean;
  /** JSON. */
  outcome: string;
}

export interface ForecastRow extends Row, StoredForecast {
  scoredAt: number | null;
  outcomePaise: number | null;
  outcomeDay: string | null;
}

export interface ImageRow extends Row {
  name: string;
  contentType: string;
  byteCount: number;
  sha256: string;
  /** The file in GridFS. */
  fileId: string;
  createdAt: number;
}

export interface EntryRow extends Row, Omit<KhataEntry, 'customerName' | 'reversedBy'> {}

export interface OrderRow extends Row, Order {
  searchText: string;
}

export type SaleRow = Row & Sale;

/** `position`: the journal's number of its recording or confirmation; `place`: among the rows of one import. */
export interface MetalRow extends Row, MetalPrice {
  position: number;
  place: number;
}
export interface DiamondRow extends Row, DiamondPrice {
  position: number;
  place: number;
}

export interface ReferenceGoldRow extends Row {
  month: string;
  paisePerGram: number;
  rupeesPerDollar: number;
}
/** A thousand stones, by column: a document a stone would be fifty times the work. */
export interface ReferenceDiamondsRow extends Row {
  part: number;
  count: number;
  milliCarat: number[];
  cut: string[];
  color: string[];
  clarity: string[];
  depth: number[];
  table: number[];
  x: number[];
  y: number[];
  z: number[];
  dollars: number[];
}

export interface UserRow extends Row, Omit<UserWithHash, 'secondFactor'> {
  /** Absent in what an older program wrote. */
  secondFactor?: SecondFactor | null;
}

export interface SessionRow extends Row {
  userId: string;
  createdAt: number;
  lastUsedAt: number;
  expiresAt: number;
  revokedAt: number | null;
  address: string;
  userAgent: string;
}

export interface RefreshTokenRow extends Row {
  hash: string;
  sessionId: string;
  createdAt: number;
  rotatedAt: number | null;
}

/** One document an account and lane: two attempts at once meet in it, so none slips past the count. */
export interface LoginAttemptsRow extends Row {
  account: string;
  lane: string;
  attempts: { attempt: string; at: number }[];
  lastAt: number;
}

export interface KnownAddressRow extends Row {
  account: string;
  address: string;
  lastAt: number;
}

export interface TicketRow extends Row {
  hash: string;
  userId: string;
  sessionId: string | null;
  path: string;
  expiresAt: number;
}

export interface Rows {
  shops: ShopRow;
  journal: JournalRow;
  journal_payloads: PayloadRow;
  saved_results: SavedRow;
  customers: CustomerRow;
  products: ProductRow;
  product_images: ImageRow;
  khata_transactions: EntryRow;
  orders: OrderRow;
  sales: SaleRow;
  price_history: MetalRow;
  diamond_price_history: DiamondRow;
  daily_figures: DayRow;
  models: ModelRow;
  training_jobs: JobRow;
  forecasts: ForecastRow;
  reference_gold: ReferenceGoldRow;
  reference_diamonds: ReferenceDiamondsRow;
  users: UserRow;
  sessions: SessionRow;
  refresh_tokens: RefreshTokenRow;
  login_attempts: LoginAttemptsRow;
  known_addresses: KnownAddressRow;
  tickets: TicketRow;
}
export type CollectionName = keyof Rows;
