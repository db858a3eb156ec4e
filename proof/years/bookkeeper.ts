// An independent bookkeeper: hears what was asked and acknowledged, and keeps books of its own in BigInt. It shares no
// line of code with the program. What the program answers is compared with it.

export interface Account {
  balance: bigint;
  debits: bigint;
  credits: bigint;
  entries: number;
  /** Postings by hand that were not taken back: id and signed amount. */
  open: { id: string; signed: bigint }[];
}

export interface KeptOrder {
  number: string;
  customer: string;
  total: bigint;
  status: 'pending' | 'completed' | 'cancelled';
  khata: bigint;
  /** Pieces that left the shelf, by product. */
  taken: Map<string, number>;
}

export interface Line {
  product: string;
  quantity: number;
  unit: bigint;
}

export class Bookkeeper {
  readonly accounts = new Map<string, Account>();
  readonly stock = new Map<string, number>();
  readonly orders = new Map<string, KeptOrder>();
  readonly sales = new Map<string, bigint>();
  rate: bigint | null = null;

  /** Books that go on from here on their own; for a backup. */
  copy(): Bookkeeper {
    const copy = new Bookkeeper();
    for (const [id, account] of this.accounts) copy.accounts.set(id, structuredClone(account));
    for (const [id, pieces] of this.stock) copy.stock.set(id, pieces);
    for (const [id, order] of this.orders) copy.orders.set(id, structuredClone(order));
    for (const [id, total] of this.sales) copy.sales.set(id, total);
    copy.rate = this.rate;
    return copy;
  }

  openAccount(id: string): void {
    this.accounts.set(id, { balance: 0n, debits: 0n, credits: 0n, entries: 0, open: [] });
  }

  /** Positive: the customer owes more. Answers the balance after it. */
  post(customer: string, signed: bigint): bigint {
    const account = this.account(customer);
    account.balance += signed;
    account.entries++;
    if (signed > 0n) account.debits += signed;
    else account.credits -= signed;
    return account.balance;
  }

  account(customer: string): Account {
    const account = this.accounts.get(customer);
    if (!account) throw new Error(`the bookkeeper knows no customer ${customer}`);
    return account;
  }

  static sumOf(lines: readonly Line[]): bigint {
    return lines.reduce((sum, { quantity, unit }) => sum + BigInt(quantity) * unit, 0n);
  }

  /** Takes what is there of each line, one after another, and never more; answers it by line. */
  take(lines: readonly Line[]): number[] {
    return lines.map(({ product, quantity }) => {
      const there = this.stock.get(product) ?? 0;
      const taken = there < quantity ? there : quantity;
      this.stock.set(product, there - taken);
      return taken;
    });
  }

  cancel(id: string): void {
    const order = this.orders.get(id);
    if (!order || order.status === 'cancelled') throw new Error(`the bookkeeper cannot cancel ${id}`);
    order.status = 'cancelled';
    for (const [product, pieces] of order.taken)
      this.stock.set(product, (this.stock.get(product) ?? 0) + pieces);
    if (order.khata > 0n) this.post(order.customer, -order.khata);
  }

  /** What the summary of the khata must say. */
  khata(): {
    owed: bigint;
    owing: bigint;
    debits: bigint;
    credits: bigint;
    entries: number;
    withBalance: number;
  } {
    const sum = { owed: 0n, owing: 0n, debits: 0n, credits: 0n, entries: 0, withBalance: 0 };
    for (const { balance, debits, credits, entries } of this.accounts.values()) {
      if (balance > 0n) sum.owed += balance;
      else sum.owing -= balance;
      if (balance !== 0n) sum.withBalance++;
      sum.debits += debits;
      sum.credits += credits;
      sum.entries += entries;
    }
    return sum;
  }
}
