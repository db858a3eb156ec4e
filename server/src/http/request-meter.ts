// Counts requests by route and status, and how long they took. Counting one is two additions in an array: no label is
// put together before somebody reads them.

import { Histogram, type Metric, type Sample } from '../domain/metric.ts';

/** Seconds. */
const BOUNDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const MOST_ROUTES = 512;
const FIRST_STATUS = 100;
const STATUSES = 500;

export class RequestMeter {
  readonly #labels: string[] = ['method="",route="none"'];
  readonly #histograms = [new Histogram(BOUNDS)];
  readonly #statuses = new Float64Array(MOST_ROUTES * STATUSES);

  /** The place of a route, the same however often it is asked for; 0 is that of what no route answers. */
  placeOf(method: string, path: string): number {
    const known = this.#labels.indexOf(labelsOf(method, path));
    if (known >= 0) return known;
    if (this.#labels.length === MOST_ROUTES) throw new Error(`more than ${MOST_ROUTES} routes`);
    this.#histograms.push(new Histogram(BOUNDS));
    return this.#labels.push(labelsOf(method, path)) - 1;
  }

  count(place: number, status: number, milliseconds: number): void {
    this.countStatus(place, status);
    (this.#histograms[place] as Histogram).note(milliseconds / 1000);
  }

  /** Of an answer that lasts as long as its caller likes. */
  countStatus(place: number, status: number): void {
    const cell = place * STATUSES + status - FIRST_STATUS;
    this.#statuses[cell] = (this.#statuses[cell] as number) + 1;
  }

  /** What was answered so on a route. */
  countOf(method: string, path: string, status: number): number {
    const place = this.#labels.indexOf(labelsOf(method, path));
    return place < 0 ? 0 : (this.#statuses[place * STATUSES + status - FIRST_STATUS] as number);
  }

  read(): Metric[] {
    const counts: Sample[] = [];
    const times: Sample[] = [];
    for (const [place, labels] of this.#labels.entries()) {
      for (let offset = 0; offset < STATUSES; offset++) {
        const value = this.#statuses[place * STATUSES + offset] as number;
        if (value > 0)
          counts.push({ suffix: '', labels: `${labels},status="${FIRST_STATUS + offset}"`, value });
      }
      const histogram = this.#histograms[place] as Histogram;
      if (histogram.count > 0) times.push(...histogram.samples(labels));
    }
    return [
      { name: 'swati_requests_total', help: 'Answered requests', type: 'counter', samples: counts },
      {
        name: 'swati_request_seconds',
        help: 'From the head of a request to the end of its answer',
        type: 'histogram',
        samples: times,
      },
    ];
  }
}

function labelsOf(method: string, path: string): string {
  return `method="${method}",route="${path}"`;
}
