import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { DAY_MS } from './domain/shop-day.ts';
import { loadReferenceData } from './features/reference/load-reference-data.ts';
import { removeOrphanImages } from './features/uploads/remove-orphans.ts';
import type { Shop } from './http/shop.ts';
import { startNightlyBackup } from './nightly-backup.ts';

/**
 * What is done behind an open port: the reference data once, forgotten pictures every day, a backup
 * every night. A failure is logged and does
 * not end the server. `settled`: the first round is done. `stop` waits for what is under way.
 */
export function startUpkeep(
  shop: Shop,
  config: Config,
  logger: Logger,
): { settled: Promise<void>; stop: () => Promise<void> } {
  let underWay: Promise<void> = Promise.resolve();
  const run = (task: string, work: () => Promise<unknown>): void => {
    underWay = underWay.then(work).then(
      () => undefined,
      (error: unknown) => logger.error({ err: error }, `${task} failed`),
    );
  };
  const clean = (): void => run('removing forgotten pictures', () => removeOrphanImages(shop));
  if (config.REFERENCE_DATA) run('loading the reference data', () => loadReference(shop, logger));
  clean();
  const daily = setInterval(clean, DAY_MS);
  const stopBackups = config.NIGHTLY_BACKUP ? startNightlyBackup(shop, config, logger) : null;
  const stop = async (): Promise<void> => {
    clearInterval(daily);
    await stopBackups?.();
    await underWay;
  };
  return { settled: underWay, stop };
}

/** Into an empty store only; it says so where it did something. */
async function loadReference(shop: Shop, logger: Logger): Promise<void> {
  const before = await shop.store.reference.counts();
  if (before.goldMonths > 0 || before.diamonds > 0) return;
  const by = {
    actor: { kind: 'system', name: 'reference data' },
    requestId: `reference-${shop.newId()}`,
    at: shop.now(),
  } as const;
  const { goldMonths, diamonds } = await loadReferenceData(shop, by);
  logger.info(`loaded ${goldMonths} months of gold prices and ${diamonds} stones as reference data`);
}
