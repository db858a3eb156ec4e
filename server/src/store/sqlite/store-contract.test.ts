import { openTestDatabase } from '../../../test/test-database.ts';
import { runStoreContract } from '../contract-suite/store-contract.ts';

runStoreContract('SQLite', openTestDatabase);
