// Every check, in the order of their ids.

import type { Check } from './check.ts';
import { bankReads } from './checks/bank-reads.ts';
import { bruteForce } from './checks/brute-force.ts';
import { canarySecrets } from './checks/canary-secrets.ts';
import { damagedDatabase } from './checks/damaged-database.ts';
import { diskFull } from './checks/disk-full.ts';
import { failingDisk } from './checks/failing-disk.ts';
import { forgedTokens } from './checks/forged-tokens.ts';
import { fuzzedBodies } from './checks/fuzzed-bodies.ts';
import { hostileNumbers } from './checks/hostile-numbers.ts';
import { hostileUploads } from './checks/hostile-uploads.ts';
import { khataRace } from './checks/khata-race.ts';
import { killedUnderLoad } from './checks/killed-under-load.ts';
import { lastPiece } from './checks/last-piece.ts';
import { loginTiming } from './checks/login-timing.ts';
import { lostRights } from './checks/lost-rights.ts';
import { ownNumbers } from './checks/own-numbers.ts';
import { powerCut } from './checks/power-cut.ts';
import { refreshReuse } from './checks/refresh-reuse.ts';
import { responseHeaders } from './checks/response-headers.ts';
import { sameKey } from './checks/same-key.ts';
import { slowClients } from './checks/slow-clients.ts';
import { stoppedGently } from './checks/stopped-gently.ts';
import { whoMayWhat } from './checks/who-may-what.ts';

export const ALL_CHECKS: readonly Check[] = [
  killedUnderLoad,
  powerCut,
  bankReads,
  failingDisk,
  diskFull,
  damagedDatabase,
  sameKey,
  lastPiece,
  khataRace,
  ownNumbers,
  stoppedGently,
  slowClients,
  forgedTokens,
  lostRights,
  refreshReuse,
  loginTiming,
  bruteForce,
  whoMayWhat,
  fuzzedBodies,
  hostileNumbers,
  hostileUploads,
  responseHeaders,
  canarySecrets,
];
