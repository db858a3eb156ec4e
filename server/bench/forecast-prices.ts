// Quality of the price forecaster on the shipped monthly series, its speed and size.

import { backtestPrices, type HorizonScore, trainPriceModel } from '../src/ml/backtest.ts';
import { normalQuantile } from '../src/ml/normal-quantile.ts';
import { priceQuantiles } from '../src/ml/price-forecast.ts';
import { writePriceModel } from '../src/ml/price-model-file.ts';
import { type PricePoint, weekdaysBetween } from '../src/ml/price-series.ts';
import { seededGenerator } from '../src/ml/seeded-generator.ts';
import { type ForecastReport, timeCalls } from './forecast-report.ts';
import { readDailyPrices, readMonthlyGold } from './reference-data.ts';

const FIRST_ORIGIN = '2000-07-01';
const GOALS = [
  { months: 1, crps: 0.95, coverage: 3 },
  { months: 3, crps: 0.93, coverage: 4 },
  { months: 6, crps: 0.89, coverage: 4.5 },
  { months: 12, crps: 0.84, coverage: 5 },
];
/** Weekdays in so many days: a horizon counts weekdays. */
const DAILY_GOALS = [
  { days: 1, weekdays: 1, crps: 0.98, coverage: 1.5 },
  { days: 7, weekdays: 5, crps: 0.985, coverage: 1.5 },
  { days: 30, weekdays: 21, crps: 0.98, coverage: 2 },
  { days: 90, weekdays: 64, crps: 0.94, coverage: 2.5 },
];
const RANGE_LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975];

/** Prints all its rows; `daily` is a file with the columns date, price_per_gram, since no open one may be shipped. */
export function reportPrices(report: ForecastReport, daily: string | null): void {
  const points = readMonthlyGold();
  const horizons = GOALS.map(({ months }) => months);
  const fromDay = Date.parse(FIRST_ORIGIN) / 86_400_000;
  const { withDrift } = backtestPrices(points, { horizons, fromDay });
  console.log(
    `monthly series: ${points.length} values, origins from ${FIRST_ORIGIN} to the last with an outcome`,
  );
  report.heading('Gold, monthly series (anchor: random walk with constant sigma = 1, no change = 1)');
  GOALS.forEach(({ months, crps, coverage }, index) => {
    reportHorizon(report, `${months} months`, withDrift[index], crps, coverage);
  });
  reportDaily(report, daily);
  report.heading('Gold, speed and size (synthetic daily walk, seed 1: never for accuracy)');
  for (const [days, goal] of [
    [1000, 0.3],
    [3000, 1],
  ] as const) {
    const series = syntheticWalk(days);
    const before = process.cpuUsage();
    const trained = trainPriceModel(series);
    const { user, system } = process.cpuUsage(before);
    report.atMost(
      `retrain with backtest, ${days} days, CPU time`,
      (user + system) / 1e6,
      goal,
      3,
      ' s',
      days === 1000 ? 'the first call: with compiling' : '',
    );
    report.atMost(`model file, ${days} days`, writePriceModel(trained).length / 1024, 10, 2, ' KB');
    const { best, median } = timeCalls((index) =>
      priceQuantiles(trained.model, 1 + (index % 261), RANGE_LEVELS),
    );
    const middle = `median ${median.toFixed(4)} ms`;
    report.atMost(`predict p99, 5 quantiles, ${days} days`, best, 0.1, 4, ' ms', middle);
  }
}

function reportDaily(report: ForecastReport, file: string | null): void {
  report.heading('Gold, daily series (the same anchor)');
  if (file === null) {
    for (const { days, crps, coverage } of DAILY_GOALS) {
      const goal = `<= ${crps}, ${coverage} pp`;
      report.notRun(`CRPS ratio, coverage off by, ${days} days`, goal, 'no open daily series; --daily FILE');
    }
    return;
  }
  const points = readDailyPrices(file);
  const horizons = DAILY_GOALS.map(({ weekdays }) => weekdays);
  console.log(`${file}: ${points.length} values; every day from the 250th on is an origin`);
  const { withDrift } = backtestPrices(points, { horizons, firstOrigin: 250 });
  DAILY_GOALS.forEach(({ days, crps, coverage }, index) => {
    reportHorizon(report, `${days} days`, withDrift[index], crps, coverage);
  });
}

function reportHorizon(
  report: ForecastReport,
  horizon: string,
  score: HorizonScore | undefined,
  crps: number,
  coverage: number,
): void {
  if (score === undefined || score.outcomes === 0) throw new Error(`no outcome at ${horizon}`);
  const basis = `${score.outcomes} origins, n_eff ${score.independent.toFixed(0)}`;
  const error = `MAE ratio ${score.errorRatio.toFixed(3)}`;
  report.atMost(`CRPS ratio at ${horizon} (${basis})`, score.crpsRatio, crps, 4, '', error);
  const off = Math.abs(score.coverage80 * 100 - 80);
  const covers = `covers ${(score.coverage80 * 100).toFixed(1)}%`;
  report.atMost(`coverage of 80% at ${horizon}, off by`, off, coverage, 2, ' pp', covers);
}

/** A random walk with calm and stormy times, on weekdays. */
function syntheticWalk(days: number): PricePoint[] {
  const { next } = seededGenerator(1);
  const points: PricePoint[] = [];
  let logPrice = Math.log(6000);
  let variance = 1e-4;
  for (let day = 15_000; points.length < days; day++) {
    if (weekdaysBetween(day - 1, day) === 0) continue;
    const change = Math.sqrt(variance) * normalQuantile(Math.min(Math.max(next(), 1e-9), 1 - 1e-9));
    variance = 2e-6 + 0.06 * change * change + 0.92 * variance;
    logPrice += change + 2e-4;
    points.push({ day, price: Math.exp(logPrice) });
  }
  return points;
}
