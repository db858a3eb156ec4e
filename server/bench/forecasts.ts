// `bench forecasts`: every figure of quality and speed of the forecasting arithmetic beside its goal, from the shipped data.
// About ten minutes on two cores; `--quick` takes one seed and leaves out the 500,000 rows. `--only prices`,
// `--only speed`, `--only 4c` and `--only all` (the model with measures) run a part. `--daily FILE` (date,
// price_per_gram) adds the rows of a daily series, which cannot be shipped.

import { reportPrices } from './forecast-prices.ts';
import { ForecastReport } from './forecast-report.ts';
import { reportSpeed } from './forecast-speed.ts';
import { reportStones } from './forecast-stones.ts';
import { readStones } from './reference-data.ts';

const SEEDS = [1, 2, 3, 4, 5];

/** Prints the tables; true when no goal was missed. */
export async function benchForecasts(): Promise<boolean> {
  const quick = process.argv.includes('--quick');
  const only = wordAfter('--only');
  const report = new ForecastReport();
  if (only === null || only === 'prices') reportPrices(report, wordAfter('--daily'));
  if (only === 'prices') return report.finish();
  const rows = readStones();
  console.log(`\nstones: ${rows.sizes.length} rows`);
  if (only === null || only === 'speed') await reportSpeed(report, rows, quick);
  const models = (['4c', 'all'] as const).filter((model) => only === null || only === model);
  if (models.length > 0) reportStones(report, rows, quick ? [1] : SEEDS, models);
  return report.finish();
}

function wordAfter(option: string): string | null {
  const at = process.argv.indexOf(option);
  return at === -1 ? null : (process.argv[at + 1] ?? null);
}
