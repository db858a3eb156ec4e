import assert from 'node:assert/strict';
import type { BackupReport } from '../../domain/backup.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import type { Store } from '../store.ts';
import { aBy, aCustomer, aDebit, aProduct } from './builders.ts';
import type { ContractCase } from './contract-case.ts';

const REPORT: BackupReport = {
  outcome: 'made',
  file: 'swati-20260115T204000000Z.backup',
  folder: '/media/backup',
  bytes: 1000,
  rows: 10,
  digest: 'd1',
  otherDisk: true,
};

/** The rows of one table of the dump that speak of any of these texts; the database holds other shops too. */
async function dumped({ backups }: Store, table: string, texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for await (const page of backups.dump()) {
    if (page.table !== table) continue;
    found.push(...page.lines.filter((line) => texts.some((text) => line.includes(text))));
  }
  return found;
}

export const backupCases: ContractCase[] = [
  {
    name: 'a dump holds every row once, money and texts as they are',
    run: async (store) => {
      const name = 'आशा "Asha"\nPatil';
      const { value: customer } = await store.customers.add(aCustomer({ name }), aBy());
      const entries = [];
      for (const paise of [1, 123_456_789]) {
        entries.push((await store.khata.post(aDebit(customer.id, paise), aBy())).value.entry);
      }
      const [row = '', ...more] = await dumped(store, 'customers', [customer.id]);
      assert.equal(more.length, 0);
      const fields = JSON.parse(row) as Record<string, unknown>;
      assert.equal(fields.name, name);
      assert.equal(fields.balance_paise, 123_456_790);
      const ids = entries.map(({ id }) => id);
      const lines = await dumped(store, 'khata_entries', ids);
      assert.deepEqual(
        lines.map((line) => (JSON.parse(line) as { amount_paise: number }).amount_paise),
        [1, 123_456_789],
      );
    },
  },
  {
    name: 'a dump says which entries are opening balances',
    run: async (store) => {
      const customer = aCustomer();
      const [opening, debit] = [aDebit(customer.id, 1), aDebit(customer.id, 2)];
      await store.imports.customers([{ customer, opening }], aBy());
      await store.khata.post(debit, aBy());
      const lines = await dumped(store, 'khata_entries', [opening.id, debit.id]);
      assert.deepEqual(
        lines.map((line) => {
          const { source_kind: kind, source_id: id } = JSON.parse(line) as Record<string, unknown>;
          return [kind, id];
        }),
        [
          ['opening', customer.id],
          [null, null],
        ],
      );
    },
  },
  {
    name: 'a dump is of one moment, though the shop goes on while it is read',
    run: async (store) => {
      const { product } = (await store.products.add(aProduct({ name: 'Before' }), aBy())).value;
      const pages = store.backups.dump()[Symbol.asyncIterator]();
      const names: unknown[] = [];
      try {
        let page = await pages.next();
        await store.products.change(product.id, { name: 'After' }, null, aBy());
        for (; !page.done; page = await pages.next()) {
          if (page.value.table !== 'products') continue;
          const rows = page.value.lines.map((line) => JSON.parse(line) as { id: string; name: string });
          names.push(...rows.filter((row) => row.id === product.id).map(({ name }) => name));
        }
      } finally {
        await pages.return?.();
      }
      assert.deepEqual(names, ['Before']);
    },
  },
  {
    name: 'a dump that is not read to its end lets go of the database',
    run: async (store) => {
      for await (const page of store.backups.dump()) {
        assert.ok(page.table.length > 0);
        break;
      }
      await store.customers.add(aCustomer(), aBy());
      assert.equal((await store.customers.list({}, { skip: 0, limit: 10 })).total, 1);
    },
  },
  {
    name: 'what came of a backup stands in the journal',
    run: async (store) => {
      await store.backups.record(REPORT, aBy());
      await store.backups.record({ outcome: 'failed', folder: '/media/backup', reason: 'full' }, aBy());
      const [failed, made] = await store.journal.list({ subject: 'backup' }, 2);
      assert.deepEqual(await store.backups.attempts(10), { made: [made], failed: [failed], asked: [] });
      await store.backups.record(REPORT, aBy());
      const [newer] = await store.journal.list({}, 1);
      assert.deepEqual(await store.backups.attempts(1), { made: [newer], failed: [failed], asked: [] });
      assert.deepEqual((await store.backups.attempts(10)).made, [newer, made]);
      const { seq, at } = newer as JournalEntry;
      const vitals = await store.vitals();
      assert.deepEqual(vitals.backupMade, { seq, at });
      assert.deepEqual(vitals.backupFailed, { seq: failed?.seq, at: failed?.at });
      const { outcome: _, ...after } = REPORT;
      assert.deepEqual([made?.action, made?.after], ['backup.made', after]);
      assert.deepEqual([failed?.action, failed?.after?.reason], ['backup.failed', 'full']);
    },
  },
  {
    name: 'that a backup was asked for stands in the journal, and is no backup yet',
    run: async (store) => {
      const before = await store.vitals();
      await store.backups.record({ outcome: 'asked', folder: '/media/backup' }, aBy());
      const [asked] = await store.journal.list({}, 1);
      assert.deepEqual([asked?.action, asked?.after], ['backup.asked', { folder: '/media/backup' }]);
      assert.deepEqual((await store.backups.attempts(1)).asked, [asked]);
      const { backupMade, backupFailed } = await store.vitals();
      assert.deepEqual([backupMade, backupFailed], [before.backupMade, before.backupFailed]);
    },
  },
  {
    name: 'a restore is journalled',
    run: async (store) => {
      await store.backups.recordRestore('a.backup', aBy());
      const [entry] = await store.journal.list({}, 1);
      assert.deepEqual([entry?.action, entry?.after], ['shop.restored', { file: 'a.backup' }]);
    },
  },
];
