// Says who keeps a folder of the shop's data from being removed, with exit code 3: what goes under a running server is lost
// with everything it answers for meanwhile. Nothing, and 0, where nobody does.

import { lockAlone } from '../server/src/store/sqlite/process-lock.ts';
import { StoreRefused } from '../server/src/store/store-refused.ts';

const [dataDir = ''] = process.argv.slice(2);
try {
  lockAlone(dataDir).release();
} catch (error) {
  if (!(error instanceof StoreRefused)) throw error;
  process.stdout.write(`${error.message}\n`);
  process.exitCode = 3;
}
