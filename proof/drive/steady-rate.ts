// Requests at a fixed rate, whether the ones before were answered or not: a closed loop would hide every pause.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './client.ts';

export interface Measured {
  p50: number;
  p99: number;
  answers: Answer[];
}

/** Times are from the moment that a request was due. */
export async function atRate(
  perSecond: number,
  seconds: number,
  send: () => Promise<Answer>,
): Promise<Measured> {
  const times: number[] = [];
  const all: Promise<Answer>[] = [];
  const from = performance.now();
  for (let number = 0; number < perSecond * seconds; number++) {
    const due = from + (number * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    all.push(
      send().then((answer) => {
        times.push(performance.now() - due);
        return answer;
      }),
    );
  }
  const answers = await Promise.all(all);
  times.sort((a, b) => a - b);
  const at = (share: number): number =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), answers };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
