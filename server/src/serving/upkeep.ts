import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import { DAY_MS } from '../domain/shop-day.ts';
import { prepareModels } from '../features/predictions/prepare-models.ts';
import { scoreForecasts } from '../features/predictions/score-forecasts.ts';
import type { Trainer } from '../features/predictions/trainer.ts';
import { loadReferenceData } from '../features/reference/load-reference-data.ts';
import { removeOrphanImages } from '../features/uploads/remove-orphans.ts';
import type { Shop } from '../http/shop.ts';
import { systemBy } from '../http/system-by.ts';
import { startNightlyBackup } from './nightly-backup.ts';

const LOOK_FOR_TRAININGS_MS = 30_000;
const HOUR_MS = 3_600_000;

/**
 * What is done behind an open port: reference data and first models once, forgotten pictures every day, a backup every
 * night, forecasts scored every hour. A failure is logged and does not end the server. `settled`: the first round is
 * done. `stop` waits for what is under way.
 */
export function startUpkeep(
  shop: Shop,
  config: Config,
  logger: Logger,
  trainer: Trainer,
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
  run('preparing the models', () => prepareModels(shop, trainer, logger));
  clean();
  const score = (): void => run('scoring forecasts', () => scoreForecasts(shop, systemBy(shop, 'scoring')));
  score();
  const hourly = setInterval(score, HOUR_MS);
  const daily = setInterval(clean, DAY_MS);
  // The command line and other processes leave trainings behind for whoever looks.
  const often = setInterval(() => trainer.wake(), LOOK_FOR_TRAININGS_MS);
  const stopBackups = config.NIGHTLY_BACKUP ? startNightlyBackup(shop, config, logger) : null;
  const stop = async (): Promise<void> => {
    clearInterval(daily);
    clearInterval(hourly);
    clearInterval(often);
    await stopBackups?.();
    await underWay;
  };
  return { settled: underWay, stop };
}

/** Into an empty store only; it says so where it did something. */
async function loadReference(shop: Shop, logger: Logger): Promise<void> {
  const before = await shop.store.reference.counts();
  if (before.goldMonths > 0 || before.diamonds > 0) return;
  const { goldMonths, diamonds } = await loadReferenceData(shop, systemBy(shop, 'reference data'));
  logger.info(`loaded ${goldMonths} months of gold prices and ${diamonds} stones as reference data`);
}
