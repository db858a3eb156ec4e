// The contract of the store interface, run against one store: what every adapter must keep, and every broken one must
// fail (broken-stores.long-test.ts).

import { after, before, describe, it } from 'node:test';
import type { Store } from '../store.ts';
import { analyticsCases } from './analytics-cases.ts';
import { backupCases } from './backup-cases.ts';
import { buyerCases } from './buyer-cases.ts';
import { cashCases } from './cash-cases.ts';
import type { ContractSection } from './contract-case.ts';
import { customerCases } from './customer-cases.ts';
import { exportCases } from './export-cases.ts';
import { forecastCases } from './forecast-cases.ts';
import { imageCases } from './image-cases.ts';
import { jobCases } from './job-cases.ts';
import { journalCases } from './journal-cases.ts';
import { khataCases } from './khata-cases.ts';
import { learningCases } from './learning-cases.ts';
import { modelCases } from './model-cases.ts';
import { moneyInCases } from './money-in-cases.ts';
import { moveCases } from './move-cases.ts';
import { orderCases } from './order-cases.ts';
import { orderChangeCases } from './order-change-cases.ts';
import { pagingCases } from './paging-cases.ts';
import { priceCases } from './price-cases.ts';
import { productCases } from './product-cases.ts';
import { repeatCases } from './repeat-cases.ts';
import { saleCases } from './sale-cases.ts';
import { secondFactorCases } from './second-factor-cases.ts';
import { sessionCases } from './session-cases.ts';
import { settingsCases } from './settings-cases.ts';
import { statementCases } from './statement-cases.ts';
import { userCases } from './user-cases.ts';

export const STORE_CONTRACT: readonly ContractSection[] = [
  { section: 'products', cases: productCases },
  { section: 'images', cases: imageCases },
  { section: 'customers', cases: [...customerCases, ...cashCases] },
  { section: 'khata', cases: [...khataCases, ...statementCases] },
  { section: 'orders', cases: [...orderCases, ...orderChangeCases] },
  { section: 'sales', cases: saleCases },
  { section: 'prices', cases: priceCases },
  { section: 'learning', cases: learningCases },
  { section: 'models', cases: modelCases },
  { section: 'trainings', cases: jobCases },
  { section: 'forecasts', cases: forecastCases },
  { section: 'analytics', cases: [...analyticsCases, ...buyerCases, ...moneyInCases] },
  { section: 'users', cases: userCases },
  { section: 'sessions', cases: sessionCases },
  { section: 'second step of signing in', cases: secondFactorCases },
  { section: 'settings', cases: settingsCases },
  { section: 'journal', cases: journalCases },
  { section: 'backups', cases: backupCases },
  { section: 'moves', cases: moveCases },
  { section: 'repeated requests', cases: repeatCases },
  { section: 'paging and order', cases: pagingCases },
  { section: 'exports', cases: exportCases },
];

/** A database under test. */
export interface TestDatabase {
  /** A shop without rows, beside the others of the database, so that a read that forgets its shop is seen. */
  newShop: () => Store;
  close: () => Promise<void>;
}

/** Makes a test of every case, each in a shop of its own. `atOnce`: how many run side by side, where a store waits much. */
export function runStoreContract(name: string, open: () => Promise<TestDatabase>, atOnce = 1): void {
  describe(`the store contract on ${name}`, () => {
    let database: TestDatabase;
    before(async () => {
      database = await open();
    });
    after(() => database.close());
    for (const { section, cases } of STORE_CONTRACT) {
      describe(section, { concurrency: atOnce }, () => {
        for (const { name: promise, run } of cases) it(promise, () => run(database.newShop()));
      });
    }
  });
}
