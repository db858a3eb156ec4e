import { setTimeout as sleep } from 'node:timers/promises';
import { type ErrorCode, ShopError } from '../../domain/shop-error.ts';

const TRY_AGAIN_MS = 500;
/** A store that is busy, or elects whom to ask, costs nobody a training. */
const NOT_NOW: readonly ErrorCode[] = ['busy', 'store_unavailable', 'outcome_unknown'];

/** Whether the store may take in a moment what it refused. */
export function isNotNow(error: unknown): boolean {
  return error instanceof ShopError && NOT_NOW.includes(error.code);
}

/**
 * Tries a change until the store takes it, for so many milliseconds or until it is said to stop; then it rejects as the
 * last try did. The change must bear being made twice: of one that was refused nobody may know whether it was made.
 */
export async function keepTrying<T>(
  change: () => Promise<T>,
  forMs: number,
  isStopped: () => boolean,
): Promise<T> {
  const started = performance.now();
  for (;;) {
    try {
      return await change();
    } catch (error) {
      const isOver = isStopped() || performance.now() - started + TRY_AGAIN_MS > forMs;
      if (isOver || !isNotNow(error)) throw error;
      await sleep(TRY_AGAIN_MS);
    }
  }
}
