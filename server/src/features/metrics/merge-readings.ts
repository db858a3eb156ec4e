import type { Metric, Sample } from '../../domain/metric.ts';
import type { MeterReading } from '../../http/meters.ts';

/** One shop out of several processes: what was counted is summed; what is measured keeps the name of its worker. */
export function mergeReadings(readings: readonly MeterReading[]): Metric[] {
  const merged = new Map<string, Metric>();
  for (const { worker, metrics } of readings) {
    for (const metric of metrics) {
      const known = merged.get(metric.name) ?? { ...metric, samples: [] };
      merged.set(metric.name, known);
      if (metric.type !== 'gauge') known.samples = sum(known.samples, metric.samples);
      else known.samples.push(...metric.samples.map((sample) => labelled(sample, worker)));
    }
  }
  return [...merged.values()];
}

function sum(known: readonly Sample[], added: readonly Sample[]): Sample[] {
  const sums = new Map(known.map((sample) => [`${sample.suffix}{${sample.labels}}`, { ...sample }]));
  for (const sample of added) {
    const key = `${sample.suffix}{${sample.labels}}`;
    const there = sums.get(key);
    if (there) there.value += sample.value;
    else sums.set(key, { ...sample });
  }
  return [...sums.values()];
}

function labelled(sample: Sample, worker: string | null): Sample {
  if (worker === null) return sample;
  const own = sample.labels === '' ? '' : `,${sample.labels}`;
  return { ...sample, labels: `worker="${worker}"${own}` };
}
