// How the writer's thread fares, in memory that it shares with the thread that asks: it writes, the other reads.

import { cellsOf, Histogram, type Metric } from '../../domain/metric.ts';

/** Members. */
const SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];
/** Seconds. */
const SYNCS = [0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 2];

export function makeWriteCells(): SharedArrayBuffer {
  return new SharedArrayBuffer((cellsOf(SIZES) + cellsOf(SYNCS)) * Float64Array.BYTES_PER_ELEMENT);
}

export class WriteMeter {
  readonly #sizes: Histogram;
  readonly #syncs: Histogram;

  constructor(cells: SharedArrayBuffer) {
    const sizes = cellsOf(SIZES);
    this.#sizes = new Histogram(SIZES, new Float64Array(cells, 0, sizes));
    this.#syncs = new Histogram(SYNCS, new Float64Array(cells, sizes * Float64Array.BYTES_PER_ELEMENT));
  }

  /** A group was answered. */
  note(members: number, syncMs: number): void {
    this.#sizes.note(members);
    this.#syncs.note(syncMs / 1000);
  }

  read(): Metric[] {
    return [
      {
        name: 'swati_write_group_size',
        help: 'Changes that shared one transaction; its sum is the number of changes',
        type: 'histogram',
        samples: this.#sizes.samples(),
      },
      {
        name: 'swati_write_sync_seconds',
        help: 'How long a transaction took to become durable',
        type: 'histogram',
        samples: this.#syncs.samples(),
      },
    ];
  }
}
