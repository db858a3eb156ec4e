// What the writer does about trouble that is nobody's fault: it waits for another process, and refuses when the disk is
// full. Anything else is thrown, and ends the process: a failed sync is never tried again.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Refusal } from '../../../domain/shop-error.ts';
import { sqliteTrouble } from '../database.ts';
import { BUSY_LIMIT_MS, waitMs } from '../open-for-writing.ts';
import type { Answer, Command, Door } from './door.ts';
import type { Group } from './group.ts';

export interface Patience {
  busyLimitMs?: number;
  announce?: (answers: Answer[]) => void;
}

/**
 * Answers for every member; the command line is a rare second writer, waited for up to `busyLimitMs`. The answers are the
 * very ones that `announce` heard, or refusals: what was announced is not tried again, since it might end differently.
 */
export async function runPatiently(
  door: Door,
  group: Group,
  { busyLimitMs = BUSY_LIMIT_MS, announce }: Patience = {},
): Promise<Answer[]> {
  const started = performance.now();
  let isAnnounced = false;
  for (;;) {
    try {
      return door.runGroup(group, (answers) => {
        isAnnounced = true;
        announce?.(answers);
      });
    } catch (error) {
      const trouble = sqliteTrouble(error);
      if (trouble === 'full') return refuseAll(group.members, { code: 'storage_full' });
      if (trouble !== 'busy') throw error;
      if (isAnnounced || performance.now() - started > busyLimitMs) {
        return refuseAll(group.members, { code: 'busy', retryAfterSeconds: 1 });
      }
      await sleep(waitMs());
    }
  }
}

/** Nothing was committed, so each may be tried again. */
function refuseAll(commands: readonly Command[], refusal: Refusal): Answer[] {
  return commands.map(({ by }) => ({
    outcome: { ok: false, refusal },
    position: 0,
    requestId: by.requestId,
  }));
}
