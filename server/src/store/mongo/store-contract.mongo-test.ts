import { openMongoDatabase } from '../../../test/mongo-database.ts';
import { runStoreContract } from '../contract-suite/store-contract.ts';

runStoreContract('MongoDB', () => openMongoDatabase(), 6);
