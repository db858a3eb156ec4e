// Every check, in the order of their ids.

import type { Check } from './check.ts';
import { damagedDatabase } from './checks/damaged-database.ts';
import { forgedTokens } from './checks/forged-tokens.ts';
import { khataRace } from './checks/khata-race.ts';
import { killedUnderLoad } from './checks/killed-under-load.ts';
import { lastPiece } from './checks/last-piece.ts';
import { lostRights } from './checks/lost-rights.ts';
import { ownNumbers } from './checks/own-numbers.ts';
import { powerCut } from './checks/power-cut.ts';
import { refreshReuse } from './checks/refresh-reuse.ts';
import { sameKey } from './checks/same-key.ts';
import { stoppedGently } from './checks/stopped-gently.ts';

export const ALL_CHECKS: readonly Check[] = [
  killedUnderLoad,
  powerCut,
  damagedDatabase,
  sameKey,
  lastPiece,
  khataRace,
  ownNumbers,
  stoppedGently,
  forgedTokens,
  lostRights,
  refreshReuse,
];
