// Benchmarks by name: `npm run bench -- writes`. Each prints tables with its baseline in the same run and exits 1 when a
// goal is missed. They are no tests: a busy machine makes them wobble.

import { benchArchives } from './archives.ts';
import { benchEvents } from './events.ts';
import { benchEverything } from './everything.ts';
import { benchForecasts } from './forecasts.ts';
import { benchGrowth } from './growth.ts';
import { benchLoadYear } from './load-year.ts';
import { benchMetrics } from './metrics.ts';
import { benchMongo } from './mongo.ts';
import { benchPredictions } from './predictions.ts';
import { benchReads } from './reads.ts';
import { benchTraining } from './training.ts';
import { benchWrites } from './writes.ts';

const BENCHMARKS: Record<string, () => Promise<boolean>> = {
  archives: benchArchives,
  events: benchEvents,
  everything: benchEverything,
  forecasts: benchForecasts,
  growth: benchGrowth,
  'load-year': benchLoadYear,
  metrics: benchMetrics,
  mongo: benchMongo,
  predictions: benchPredictions,
  reads: benchReads,
  training: benchTraining,
  writes: benchWrites,
};

const name = process.argv[2] ?? '';
const bench = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!bench) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}`);
  process.exit(64);
}
if (!(await bench())) process.exitCode = 1;
