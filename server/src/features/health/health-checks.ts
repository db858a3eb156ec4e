import type { FastifyBaseLogger } from 'fastify';
import { backupState } from '../../domain/backup.ts';
import { toInstant } from '../../http/wire.ts';
import type { Store } from '../../store/store.ts';
import type { ServingModels } from '../predictions/serving-models.ts';

export interface Check {
  status: 'healthy' | 'degraded' | 'unhealthy' | 'unavailable' | 'unknown';
  message: string;
}

/** Whether the database answers; why not goes to the log, never to the caller. */
export async function checkDatabase(store: Store, log: FastifyBaseLogger): Promise<Check> {
  try {
    await store.ping();
    return { status: 'healthy', message: 'The database answers' };
  } catch (error) {
    log.error({ err: error as Error }, 'the database does not answer');
    return { status: 'unhealthy', message: 'The database does not answer' };
  }
}

/** The older service's words and texts: gold and diamonds each have a model, one has, none has. */
export async function checkModels(models: ServingModels, log: FastifyBaseLogger): Promise<Check> {
  try {
    const names = (await models.cards()).map(({ name }) => name);
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
export async function checkBackups(store: Store, at: number, log: FastifyBaseLogger): Promise<Check> {
  try {
    const [[made], [failed]] = await Promise.all([
      store.journal.list({ action: 'backup.made' }, 1),
      store.journal.list({ action: 'backup.failed' }, 1),
    ]);
    const last = made ? `The last verified backup is of ${toInstant(made.at)}` : 'There is no backup';
    switch (backupState(made ?? null, failed ?? null, at)) {
      case 'good':
        return { status: 'healthy', message: last };
      case 'none':
        return { status: 'unavailable', message: last };
      case 'stale':
        return { status: 'degraded', message: last };
      case 'failed':
        return { status: 'unhealthy', message: `The newest backup failed. ${last}` };
    }
  } catch (error) {
    log.error({ err: error as Error }, 'the backups cannot be looked up');
    return { status: 'unknown', message: 'The database does not answer' };
  }
}
