import type { FastifyBaseLogger } from 'fastify';
import type { Store } from '../../store/store.ts';

export interface Check {
  status: 'healthy' | 'degraded' | 'unhealthy' | 'unavailable';
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

/** No model is ever trained yet: the older service's word and text for that. */
export function modelsCheck(): Check {
  return { status: 'unavailable', message: 'ML models not trained' };
}
