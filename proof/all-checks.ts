// Every check, in the order of their ids.

import type { Check } from './check.ts';
import { backupsUnderLoad } from './checks/backups-under-load.ts';
import { bankReads, bankReadsOnMongo } from './checks/bank-reads.ts';
import { bruteForce } from './checks/brute-force.ts';
import { canarySecrets } from './checks/canary-secrets.ts';
import { clockJumps } from './checks/clock-jumps.ts';
import { damagedDatabase } from './checks/damaged-database.ts';
import { diskFull } from './checks/disk-full.ts';
import { failingDisk } from './checks/failing-disk.ts';
import { foreignFields } from './checks/foreign-fields.ts';
import { forgedTokens } from './checks/forged-tokens.ts';
import { fuzzedBodies } from './checks/fuzzed-bodies.ts';
import { hostileCells } from './checks/hostile-cells.ts';
import { hostileNumbers } from './checks/hostile-numbers.ts';
import { hostileUploads } from './checks/hostile-uploads.ts';
import { injectedTexts } from './checks/injected-texts.ts';
import { khataRace, khataRaceOnMongo } from './checks/khata-race.ts';
import { killedUnderLoad } from './checks/killed-under-load.ts';
import { killedWorkers } from './checks/killed-workers.ts';
import { lastPiece, lastPieceOnMongo } from './checks/last-piece.ts';
import { ledgerSequences, twoStores } from './checks/ledger-sequences.ts';
import { loginTiming } from './checks/login-timing.ts';
import { lostPrimary } from './checks/lost-primary.ts';
import { lostRights } from './checks/lost-rights.ts';
import { overload } from './checks/overload.ts';
import { ownNumbers, ownNumbersOnMongo } from './checks/own-numbers.ts';
import { powerCut } from './checks/power-cut.ts';
import { refreshReuse } from './checks/refresh-reuse.ts';
import { responseHeaders } from './checks/response-headers.ts';
import { sameKey, sameKeyOnMongo } from './checks/same-key.ts';
import { slowClients } from './checks/slow-clients.ts';
import { soak } from './checks/soak.ts';
import { stoppedGently } from './checks/stopped-gently.ts';
import { storedScripts } from './checks/stored-scripts.ts';
import { trainingBeside } from './checks/training-beside.ts';
import { whoMayWhat } from './checks/who-may-what.ts';
import { years, yearsOnMongo } from './checks/years.ts';

export const ALL_CHECKS: readonly Check[] = [
  killedUnderLoad,
  powerCut,
  ledgerSequences,
  bankReads,
  failingDisk,
  diskFull,
  damagedDatabase,
  backupsUnderLoad,
  sameKey,
  lastPiece,
  khataRace,
  ownNumbers,
  stoppedGently,
  killedWorkers,
  trainingBeside,
  soak,
  overload,
  slowClients,
  forgedTokens,
  lostRights,
  refreshReuse,
  loginTiming,
  bruteForce,
  whoMayWhat,
  foreignFields,
  fuzzedBodies,
  injectedTexts,
  hostileNumbers,
  hostileUploads,
  storedScripts,
  hostileCells,
  responseHeaders,
  canarySecrets,
  lostPrimary,
  twoStores,
  clockJumps,
  bankReadsOnMongo,
  sameKeyOnMongo,
  lastPieceOnMongo,
  khataRaceOnMongo,
  ownNumbersOnMongo,
  years,
  yearsOnMongo,
];
