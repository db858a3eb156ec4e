// What this process counts while it serves: requests, and whatever else by name.

import { counter, gauge, type Metric } from '../domain/metric.ts';
import { RequestMeter } from './request-meter.ts';

/** A number that only grows. */
export interface Tally {
  count: number;
}

export class Meters {
  readonly requests = new RequestMeter();
  readonly #sources = new Map<string, () => Metric[]>();

  tally(name: string, help: string): Tally {
    const tally = { count: 0 };
    this.add(name, () => [counter(name, help, tally.count)]);
    return tally;
  }

  gauge(name: string, help: string, read: () => number): void {
    this.add(name, () => [gauge(name, help, read())]);
  }

  /** Whoever is added again under a name takes the place of the one before. */
  add(name: string, read: () => Metric[]): void {
    this.#sources.set(name, read);
  }

  read(): Metric[] {
    return [...this.requests.read(), ...[...this.#sources.values()].flatMap((read) => read())];
  }
}

/** What one process has counted. `worker`: which of several it is, or `primary`; null: it is the only one. */
export interface MeterReading {
  worker: string | null;
  metrics: Metric[];
}
