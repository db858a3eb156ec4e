// Benchmarks by name: `npm run bench -- writes`. Each prints tables with its baseline in the same run and exits 1 when a
// goal is missed. They are no tests: a busy machine makes them wobble.

type Bench = () => Promise<boolean>;

/** Each loads only what it needs itself. */
const BENCHMARKS: Record<string, () => Promise<Bench>> = {
  archives: async () => (await import('./archives.ts')).benchArchives,
  events: async () => (await import('./events.ts')).benchEvents,
  everything: async () => (await import('./everything.ts')).benchEverything,
  forecasts: async () => (await import('./forecasts.ts')).benchForecasts,
  growth: async () => (await import('./growth.ts')).benchGrowth,
  'load-year': async () => (await import('./load-year.ts')).benchLoadYear,
  metrics: async () => (await import('./metrics.ts')).benchMetrics,
  mongo: async () => (await import('./mongo.ts')).benchMongo,
  'mongo-exports': async () => (await import('./mongo-exports.ts')).benchMongoExports,
  predictions: async () => (await import('./predictions.ts')).benchPredictions,
  reads: async () => (await import('./reads.ts')).benchReads,
  training: async () => (await import('./training.ts')).benchTraining,
  writes: async () => (await import('./writes.ts')).benchWrites,
};

const name = process.argv[2] ?? '';
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!load) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHMARKS).join('|')}`);
  process.exit(64);
}
const bench = await load();
if (!(await bench())) process.exitCode = 1;
