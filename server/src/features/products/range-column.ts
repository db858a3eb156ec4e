// One number a place (a price, a weight), and for each of a few limits the set of places below it. A range is then two
// sets and a look at the few places that lie between a limit and the end asked for.

import { BitSet } from './bit-set.ts';

/** More limits make the edges smaller and the sets more. */
const LIMITS = 32;

export class RangeColumn {
  readonly #limits: readonly number[];
  readonly #below: readonly BitSet[];
  #values: Float64Array;

  /** Made for values like these; others are taken too. */
  constructor(alike: Float64Array) {
    this.#limits = limitsOf(alike);
    this.#below = this.#limits.map(() => new BitSet(alike.length));
    this.#values = new Float64Array(alike.length);
  }

  set(place: number, value: number): void {
    if (place >= this.#values.length) this.#grow(place + 1);
    this.#values[place] = value;
    for (let index = 0; index < this.#limits.length; index++) {
      const below = this.#below[index] as BitSet;
      if (value < (this.#limits[index] as number)) below.add(place);
      else below.remove(place);
    }
  }

  /** Takes out of `chosen` the places whose value is not in the range, both ends inclusive. */
  keepRange(chosen: Uint32Array, from: number | undefined, to: number | undefined): void {
    if (from !== undefined) this.#keepFrom(chosen, from);
    if (to !== undefined) this.#keepTo(chosen, to);
  }

  #keepFrom(chosen: Uint32Array, from: number): void {
    const next = this.#firstAbove(from);
    const out = this.#below[next - 1]?.words;
    const edge = this.#below[next]?.words;
    for (let word = 0; word < chosen.length; word++) {
      const bits = (chosen[word] ?? 0) & ~(out?.[word] ?? 0);
      const doubtful = edge ? bits & (edge[word] ?? 0) : bits;
      chosen[word] = bits & ~this.#outside(word, doubtful, from, Number.POSITIVE_INFINITY);
    }
  }

  #keepTo(chosen: Uint32Array, to: number): void {
    const next = this.#firstAbove(to);
    const most = this.#below[next]?.words;
    const sure = this.#below[next - 1]?.words;
    for (let word = 0; word < chosen.length; word++) {
      const bits = most ? (chosen[word] ?? 0) & (most[word] ?? 0) : (chosen[word] ?? 0);
      const doubtful = bits & ~(sure?.[word] ?? 0);
      chosen[word] = bits & ~this.#outside(word, doubtful, Number.NEGATIVE_INFINITY, to);
    }
  }

  /** Of the doubtful places of a word, those whose value lies outside. */
  #outside(word: number, doubtful: number, from: number, to: number): number {
    let outside = 0;
    for (let left = doubtful; left !== 0; ) {
      const bit = 31 - Math.clz32(left);
      left &= ~(1 << bit);
      const value = this.#values[word * 32 + bit] ?? 0;
      if (value < from || value > to) outside |= 1 << bit;
    }
    return outside;
  }

  #firstAbove(value: number): number {
    const index = this.#limits.findIndex((limit) => limit > value);
    return index === -1 ? this.#limits.length : index;
  }

  #grow(places: number): void {
    const grown = new Float64Array(Math.max(places, this.#values.length * 2));
    grown.set(this.#values);
    this.#values = grown;
  }
}

/** Values that cut the given ones into parts of about the same size, rising. */
function limitsOf(values: Float64Array): number[] {
  const sorted = values.toSorted();
  const limits = new Set<number>();
  for (let part = 1; part <= LIMITS; part++) {
    const limit = sorted[Math.floor((sorted.length * part) / (LIMITS + 1))];
    if (limit !== undefined) limits.add(limit);
  }
  return [...limits];
}
