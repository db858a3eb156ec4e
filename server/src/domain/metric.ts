// What the program counts of itself, as plain data that its processes send to each other.

export type MetricType = 'counter' | 'gauge' | 'histogram';

export interface Sample {
  suffix: '' | '_bucket' | '_sum' | '_count';
  /** As Prometheus writes them, without the braces: `route="/api/orders",status="201"`; empty where there are none. */
  labels: string;
  value: number;
}

export interface Metric {
  /** In snake case with its unit last: `swati_request_seconds`; a counter ends in `_total`. */
  name: string;
  help: string;
  type: MetricType;
  samples: Sample[];
}

export function gauge(name: string, help: string, value: number): Metric {
  return { name, help, type: 'gauge', samples: [{ suffix: '', labels: '', value }] };
}

export function counter(name: string, help: string, value: number): Metric {
  return { name, help, type: 'counter', samples: [{ suffix: '', labels: '', value }] };
}

/**
 * Counts values in steps, in numbers that may lie in memory shared by threads: one thread writes, the others read. To
 * count one costs a walk over the bounds and two additions.
 */
export class Histogram {
  readonly #bounds: readonly number[];
  /** One for each bound, one for what is greater than all, and the sum. */
  readonly #cells: Float64Array;

  constructor(bounds: readonly number[], cells: Float64Array = new Float64Array(cellsOf(bounds))) {
    this.#bounds = bounds;
    this.#cells = cells;
  }

  note(value: number): void {
    const bounds = this.#bounds;
    const cells = this.#cells;
    let step = 0;
    while (step < bounds.length && value > (bounds[step] as number)) step++;
    cells[step] = (cells[step] as number) + 1;
    cells[bounds.length + 1] = (cells[bounds.length + 1] as number) + value;
  }

  get count(): number {
    let count = 0;
    for (let step = 0; step <= this.#bounds.length; step++) count += this.#cells[step] as number;
    return count;
  }

  samples(labels = ''): Sample[] {
    const before = labels === '' ? '' : `${labels},`;
    let reached = 0;
    const buckets = [...this.#bounds, Number.POSITIVE_INFINITY].map((bound, step): Sample => {
      reached += this.#cells[step] as number;
      const le = bound === Number.POSITIVE_INFINITY ? '+Inf' : bound;
      return { suffix: '_bucket', labels: `${before}le="${le}"`, value: reached };
    });
    const sum = this.#cells[this.#bounds.length + 1] as number;
    return [...buckets, { suffix: '_sum', labels, value: sum }, { suffix: '_count', labels, value: reached }];
  }
}

/** How many numbers a histogram of these bounds needs. */
export function cellsOf(bounds: readonly number[]): number {
  return bounds.length + 2;
}
