// What a test did to a shop, as it remembers it: the one source from which it recomputes every metric by itself.

export interface RecordedCustomer {
  id: string;
  name: string;
  addedAt: number;
  isRemoved: boolean;
}

export interface RecordedProduct {
  id: string;
  name: string;
  category: string;
  purity: number;
  netMg: number;
  basePaise: number;
  addedAt: number;
  stock: number;
  status: 'draft' | 'published';
  isDeleted: boolean;
}

export interface RecordedLine {
  product: RecordedProduct;
  quantity: number;
  unitPaise: number;
  /** As they were when the line was sold. */
  netMg: number;
  purity: number;
  taken: number;
}

export interface RecordedPayment {
  method: string | null;
  paise: number;
  at: number;
}

export interface RecordedBill {
  kind: 'order' | 'sale';
  id: string;
  customer: RecordedCustomer;
  at: number;
  lines: RecordedLine[];
  totalPaise: number;
  discountPaise: number;
  /** Of an order; a sale has none. */
  status: string | null;
  paymentStatus: string;
  payments: RecordedPayment[];
  khataEntryId: string | null;
}

export interface RecordedEntry {
  id: string;
  customer: RecordedCustomer;
  type: 'debit' | 'credit';
  method: string | null;
  paise: number;
  at: number;
  reverses: string | null;
  /** What was owed before the shop's own books, or the reversal of it. */
  isOpening: boolean;
}

export interface RecordedRate {
  purity: number;
  paise: number;
  day: string;
}

export interface ShopRecord {
  customers: RecordedCustomer[];
  products: RecordedProduct[];
  bills: RecordedBill[];
  /** In the order of the ledger. */
  entries: RecordedEntry[];
  rates: RecordedRate[];
}
