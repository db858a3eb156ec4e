// One number a place (a price, a weight), and for each of a few limits the set of places below it. A range is then two
// sets and a look at the few places that lie between a limit and the end asked for.

import { wordsFor } from './bit-set.ts';

/** More limits make the edges smaller and the sets more. */
const LIMITS = 32;
const SAMPLE = 2_000;
const BITS = 32;

export class RangeColumn {
  readonly #limits: readonly number[];
  /** By limit; all as long as the values need. */
  #below: Uint32Array[];
  #values: Float64Array;

  /** Of these values by place; others may follow. */
  constructor(values: Float64Array) {
    this.#limits = limitsOf(values);
    this.#values = values;
    this.#below = this.#limits.map(() => new Uint32Array(wordsFor(values.length)));
    // Each place into the set of the lowest limit above it, and then each set into the next.
    for (let place = 0; place < values.length; place++) {
      const words = this.#below[this.#firstAbove(values[place] as number)];
      if (words) words[place >>> 5] = (words[place >>> 5] as number) | (1 << (place & 31));
    }
    for (let index = 1; index < this.#below.length; index++) {
      const [lower, words] = [this.#below[index - 1] as Uint32Array, this.#below[index] as Uint32Array];
      for (let word = 0; word < words.length; word++) {
        words[word] = (words[word] as number) | (lower[word] as number);
      }
    }
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) this.#grow(place + 1);
    this.#values[place] = value;
    const [word, bit] = [place >>> 5, 1 << (place & 31)];
    for (let index = 0; index < this.#limits.length; index++) {
      const words = this.#below[index] as Uint32Array;
      const others = (words[word] as number) & ~bit;
      words[word] = value < (this.#limits[index] as number) ? others | bit : others;
    }
  }

  /** Takes out of `chosen` the places whose value is not in the range, both ends inclusive. */
  keepRange(chosen: Uint32Array, from: number | undefined, to: number | undefined): void {
    if (from !== undefined) this.#keepFrom(chosen, from);
    if (to !== undefined) this.#keepTo(chosen, to);
  }

  #keepFrom(chosen: Uint32Array, from: number): void {
    const next = this.#firstAbove(from);
    const out = this.#below[next - 1] ?? new Uint32Array(chosen.length);
    // Not below the next limit: surely in. Without such a limit every place is looked at.
    const edge = this.#below[next] ?? chosen;
    for (let word = 0; word < chosen.length; word++) {
      const bits = (chosen[word] as number) & ~(out[word] as number);
      const doubtful = bits & (edge[word] as number);
      chosen[word] = doubtful === 0 ? bits : bits & ~this.#outside(word, doubtful, from, Infinity);
    }
  }

  #keepTo(chosen: Uint32Array, to: number): void {
    const next = this.#firstAbove(to);
    const most = this.#below[next] ?? chosen;
    const sure = this.#below[next - 1] ?? new Uint32Array(chosen.length);
    for (let word = 0; word < chosen.length; word++) {
      const bits = (chosen[word] as number) & (most[word] as number);
      const doubtful = bits & ~(sure[word] as number);
      chosen[word] = doubtful === 0 ? bits : bits & ~this.#outside(word, doubtful, -Infinity, to);
    }
  }

  /** Of the doubtful places of a word, those whose value lies outside. */
  #outside(word: number, doubtful: number, from: number, to: number): number {
    let outside = 0;
    for (let left = doubtful; left !== 0; ) {
      const bit = 31 - Math.clz32(left);
      left &= ~(1 << bit);
      const value = this.#values[word * BITS + bit] as number;
      if (value < from || value > to) outside |= 1 << bit;
    }
    return outside;
  }

  /** The number of the lowest limit above a value; one more than the last where there is none. */
  #firstAbove(value: number): number {
    let low = 0;
    let high = this.#limits.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#limits[middle] as number) > value) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #grow(places: number): void {
    const length = Math.max(places, this.#values.length * 2);
    const values = new Float64Array(length);
    values.set(this.#values);
    this.#values = values;
    this.#below = this.#below.map((words) => {
      const grown = new Uint32Array(wordsFor(length));
      grown.set(words);
      return grown;
    });
  }
}

/** Values that cut the given ones into parts of about the same size, rising: a sample of them says it well enough. */
function limitsOf(values: Float64Array): number[] {
  const step = Math.ceil(values.length / SAMPLE);
  const sorted = values.filter((_, place) => place % step === 0).sort();
  const limits = new Set<number>();
  for (let part = 1; part <= LIMITS; part++) {
    const limit = sorted[Math.floor((sorted.length * part) / (LIMITS + 1))];
    if (limit !== undefined) limits.add(limit);
  }
  return [...limits];
}
