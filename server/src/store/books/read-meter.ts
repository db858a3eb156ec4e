// How long a shop's database takes to be read, counted where requests are served.

import { Histogram, type Metric } from '../../domain/metric.ts';

/** Seconds. */
const BOUNDS = [0.00005, 0.0002, 0.001, 0.005, 0.02, 0.1, 0.5, 2];

export class ReadMeter {
  readonly #times = new Histogram(BOUNDS);

  note(milliseconds: number): void {
    this.#times.note(milliseconds / 1000);
  }

  read(): Metric[] {
    return [
      {
        name: 'swati_store_read_seconds',
        help: 'How long a reading of the database took',
        type: 'histogram',
        samples: this.#times.samples(),
      },
    ];
  }
}
