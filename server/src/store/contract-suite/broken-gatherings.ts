// Broken stores of what is gathered from several places for one answer: see broken-stores.ts.

import type { Customer } from '../../domain/customer.ts';
import { balanceBefore } from '../../domain/khata.ts';
import type { BrokenStore } from './broken-store.ts';

export const BROKEN_GATHERINGS: readonly BrokenStore[] = [
  {
    defect: 'a journal that knows one filter only',
    section: 'journal',
    spoil: ({ journal }) => ({
      journal: {
        ...journal,
        list: async (filter, limit) =>
          (await journal.list({}, limit)).filter(({ action }) => action === (filter.action ?? action)),
      },
    }),
  },
  {
    defect: 'an import whose opening balances are money of the day',
    section: 'analytics',
    spoil: ({ customers, imports, khata }) => ({
      imports: {
        ...imports,
        customers: async (rows, by) => {
          for (const { customer } of rows) await customers.add(customer, by);
          for (const { opening } of rows) if (opening) await khata.post(opening, by);
          return { value: rows.length, position: 0, requestId: by.requestId };
        },
      },
    }),
  },
  {
    defect: 'cash of all days, told as that of one',
    section: 'customers',
    spoil: ({ customers }) => ({
      customers: { ...customers, cashReceived: (id) => customers.cashReceived(id, 0) },
    }),
  },
  {
    defect: 'money that came in, and nothing of what was given back',
    section: 'analytics',
    spoil: ({ analytics }) => ({
      analytics: {
        ...analytics,
        moneyIn: async (range) => (await analytics.moneyIn(range)).filter(({ paise }) => paise > 0),
      },
    }),
  },
  {
    defect: 'a statement by the clocks, which leaves out what a clock that was set back stamped',
    section: 'khata',
    spoil: ({ khata }) => ({
      khata: {
        ...khata,
        statement: async (customerId, from, limit) => {
          const begun = await khata.statement(customerId, null, 1000);
          const entries = begun?.entries.filter(({ createdAt }) => createdAt >= (from ?? 0)) ?? [];
          const openingPaise = entries[0] ? balanceBefore(entries[0]) : (begun?.customer.balancePaise ?? 0);
          return begun && { ...begun, openingPaise, entries: entries.slice(0, limit) };
        },
      },
    }),
  },
  {
    defect: 'a statement that begins with nothing, whatever was posted before it',
    section: 'khata',
    spoil: ({ khata }) => ({
      khata: {
        ...khata,
        statement: async (...asked) => {
          const begun = await khata.statement(...asked);
          return begun && { ...begun, openingPaise: 0 };
        },
      },
    }),
  },
  {
    defect: 'a statement with a customer of another moment than its entries',
    section: 'khata',
    spoil: ({ khata }) => {
      const kept = new Map<string, Customer>();
      const statement: typeof khata.statement = async (id, from, limit) => {
        const begun = await khata.statement(id, from, limit);
        if (!begun) return null;
        const customer = kept.get(id) ?? begun.customer;
        kept.set(id, customer);
        return { ...begun, customer };
      };
      return { khata: { ...khata, statement } };
    },
  },
  {
    defect: 'an order told with the history of all orders',
    section: 'orders',
    spoil: ({ orders, journal }) => ({
      orders: {
        ...orders,
        detail: async (id) => {
          const detail = await orders.detail(id);
          const told = (await journal.list({ subject: 'order' }, 100)).toReversed();
          const history = told.map(({ at, actor: { name: by } }) => ({
            at,
            by,
            from: null,
            to: 'pending' as const,
          }));
          return detail && { ...detail, history };
        },
      },
    }),
  },
  {
    defect: 'an order told with a customer who was removed',
    section: 'orders',
    spoil: ({ orders, customers }) => {
      const kept = new Map<string, Customer>();
      const add: typeof orders.add = async (input, by) => {
        const customer = await customers.find(input.customerId);
        if (customer) kept.set(customer.id, customer);
        return orders.add(input, by);
      };
      const detail: typeof orders.detail = async (id) => {
        const found = await orders.detail(id);
        return found && { ...found, customer: found.customer ?? kept.get(found.order.customerId) ?? null };
      };
      return { orders: { ...orders, add, detail } };
    },
  },
  {
    defect: 'an order told as on khata after its debit was taken back',
    section: 'orders',
    spoil: ({ orders }) => ({
      orders: {
        ...orders,
        detail: async (id) => {
          const found = await orders.detail(id);
          return found && { ...found, inKhata: found.order.khataEntryId !== null };
        },
      },
    }),
  },
  {
    defect: 'a payment booked whatever the caller was told',
    section: 'orders',
    spoil: ({ orders }) => ({
      orders: {
        ...orders,
        changePaymentStatus: (id, { status }, ifVersion, by) =>
          orders.changePaymentStatus(id, { status }, ifVersion, by),
      },
    }),
  },
  {
    defect: 'vitals that forget what runs',
    section: 'journal',
    spoil: ({ vitals }) => ({ vitals: async () => ({ ...(await vitals()), openJobs: [] }) }),
  },
  {
    defect: 'vitals of another shop',
    section: 'journal',
    spoil: (_sound, other) => ({ vitals: () => other.vitals() }),
  },
  {
    defect: 'backups told oldest first',
    section: 'backups',
    spoil: ({ backups }) => ({
      backups: {
        ...backups,
        attempts: async (limit) => {
          const { made, ...others } = await backups.attempts(limit);
          return { made: made.toReversed(), ...others };
        },
      },
    }),
  },
  {
    defect: 'a failed backup that nobody hears of',
    section: 'backups',
    spoil: ({ vitals }) => ({ vitals: async () => ({ ...(await vitals()), backupFailed: null }) }),
  },
];
