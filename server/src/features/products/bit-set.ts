// Sets of places as bits, 32 a word: what a hundred thousand pieces have in common is found a word at a time.

const SHIFT = 5;
const LAST_BIT = 31;

export class BitSet {
  words: Uint32Array;

  constructor(places = 0) {
    this.words = new Uint32Array(wordsFor(places));
  }

  add(place: number): void {
    const word = place >>> SHIFT;
    if (word >= this.words.length) this.#grow(word + 1);
    this.words[word] = (this.words[word] ?? 0) | (1 << (place & LAST_BIT));
  }

  remove(place: number): void {
    const word = place >>> SHIFT;
    if (word < this.words.length) this.words[word] = (this.words[word] ?? 0) & ~(1 << (place & LAST_BIT));
  }

  clear(): void {
    this.words.fill(0);
  }

  has(place: number): boolean {
    return ((this.words[place >>> SHIFT] ?? 0) & (1 << (place & LAST_BIT))) !== 0;
  }

  #grow(words: number): void {
    const grown = new Uint32Array(Math.max(words, this.words.length * 2));
    grown.set(this.words);
    this.words = grown;
  }
}

/** Words that hold so many places. */
export function wordsFor(places: number): number {
  return (places + LAST_BIT) >>> SHIFT;
}

/** Takes out of `chosen` what is not in the other set. */
export function intersect(chosen: Uint32Array, other: BitSet): void {
  const { words } = other;
  const both = Math.min(chosen.length, words.length);
  for (let word = 0; word < both; word++) chosen[word] = (chosen[word] as number) & (words[word] as number);
  chosen.fill(0, both);
}

export function countBits(chosen: Uint32Array): number {
  let count = 0;
  for (let word = 0; word < chosen.length; word++) count += bitsOf(chosen[word] as number);
  return count;
}

/** The places of a set from the highest down: at most `limit` of them, after `skip` were passed over. */
export function highestPlaces(chosen: Uint32Array, skip: number, limit: number): number[] {
  const places: number[] = [];
  let passed = 0;
  for (let word = chosen.length - 1; word >= 0 && places.length < limit; word--) {
    let bits = chosen[word] ?? 0;
    const here = bitsOf(bits);
    if (passed + here <= skip) {
      passed += here;
      continue;
    }
    while (bits !== 0 && places.length < limit) {
      const bit = LAST_BIT - Math.clz32(bits);
      bits &= ~(1 << bit);
      if (passed++ >= skip) places.push((word << SHIFT) | bit);
    }
  }
  return places;
}

/** From the lowest up. */
export function eachPlace({ words }: BitSet, take: (place: number) => void): void {
  for (let word = 0; word < words.length; word++) {
    let bits = words[word] as number;
    while (bits !== 0) {
      const lowest = bits & -bits;
      bits ^= lowest;
      take((word << SHIFT) | (LAST_BIT - Math.clz32(lowest)));
    }
  }
}

/** How many bits of a word are set. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
