import type { FastifyBaseLogger } from 'fastify';
import { backupState } from '../../domain/backup.ts';
import { toInstant } from '../../http/wire.ts';
import type { Vitals } from '../../store/store.ts';
import type { ServingModels } from '../predictions/serving-models.ts';

export interface Check {
  status: 'healthy' | 'degraded' | 'unhealthy' | 'unavailable' | 'unknown';
  message: string;
}

const NO_ANSWER = 'The database does not answer';

/** What `ask` answers; null where the database does not. Why not goes to the log, never to the caller. */
export async function askDatabase<T>(ask: () => Promise<T>, log: FastifyBaseLogger): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    log.error({ err: error as Error }, 'the database does not answer');
    return null;
  }
}

export function databaseCheck(answers: boolean): Check {
  if (!answers) return { status: 'unhealthy', message: NO_ANSWER };
  return { status: 'healthy', message: 'The database answers' };
}

/** The older service's words and texts: gold and diamonds each have a model, one has, none has. */
export async function checkModels(
  models: ServingModels,
  vitals: Vitals | null,
  log: FastifyBaseLogger,
): Promise<Check> {
  try {
    const names = (await models.cards(vitals?.modelGeneration)).map(({ name }) => name);
    const present = ['gold', 'diamond'].filter((kind) => names.some((name) => name.startsWith(`${kind}-`)));
    if (present.length === 0) return { status: 'unavailable', message: 'ML models not trained' };
    if (present.length === 1) return { status: 'degraded', message: 'Some ML models missing' };
    return { status: 'healthy', message: 'All ML models available' };
  } catch (error) {
    log.error({ err: error as Error }, 'the models cannot be looked up');
    return { status: 'unavailable', message: 'ML models not trained' };
  }
}

/** How the last backup went, without names and places: this address is public. It never changes the status. */
export function checkBackups(vitals: Vitals | null, at: number): Check {
  if (!vitals) return { status: 'unknown', message: NO_ANSWER };
  const { backupMade: made, backupFailed: failed } = vitals;
  const last = made ? `The last verified backup is of ${toInstant(made.at)}` : 'There is no backup';
  switch (backupState(made, failed, at)) {
    case 'good':
      return { status: 'healthy', message: last };
    case 'none':
      return { status: 'unavailable', message: last };
    case 'stale':
      return { status: 'degraded', message: last };
    case 'failed':
      return { status: 'unhealthy', message: `The newest backup failed. ${last}` };
  }
}
