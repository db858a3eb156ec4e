// The numbers of rows by the keys under which they stand, 11 to 16 bytes for each, however long its key is. Of a key only
// 32 bits are held, so that a number found may be another key's: whoever asks looks at the row.

const FEWEST_PLACES = 1024;
/** Of the places, so many are taken at most: beyond that a search would pass too many others. */
const FULL = 0.75;
/** So few, and half the places are given back. */
const EMPTY = 0.1;
const GROWTH = 1.5;
const WRAP = 2 ** 32;

export class RowNumbers {
  /** Different in each process, so that nobody can send keys that all meet in one place. */
  readonly #seed: number;
  /** A number stands at the place its hash says or, where others do, at the next free one. Hash 0: free. */
  #hashes = new Uint32Array(FEWEST_PLACES);
  /** Their last 32 bits: all that are held at a time lie close together. */
  #rows = new Uint32Array(FEWEST_PLACES);
  #size = 0;
  #highest = 0;

  constructor(seed = Math.trunc(Math.random() * WRAP)) {
    this.#seed = seed;
  }

  /** How many numbers are held. */
  get size(): number {
    return this.#size;
  }

  /** The numbers that stand under the key or under one that looks like it. */
  find(key: string): number[] {
    const found: number[] = [];
    const hash = this.#hashOf(key);
    for (let place = this.#first(hash); this.#hashes[place] !== 0; place = this.#next(place)) {
      if (this.#hashes[place] === hash) found.push(this.#whole(this.#rows[place] as number));
    }
    return found;
  }

  /** `row`: 1 or more, and less than 2^32 away from all that are held. */
  add(key: string, row: number): void {
    this.#highest = Math.max(this.#highest, row);
    if (this.#size + 1 > this.#rows.length * FULL) this.#resize(Math.ceil(this.#rows.length * GROWTH));
    this.#put(this.#hashOf(key), row);
    this.#size++;
  }

  /** Nothing happens where it does not stand there. */
  remove(key: string, row: number): void {
    const hash = this.#hashOf(key);
    let place = this.#first(hash);
    while (this.#rows[place] !== row % WRAP || this.#hashes[place] !== hash) {
      if (this.#hashes[place] === 0) return;
      place = this.#next(place);
    }
    this.#free(place);
    this.#size--;
    // The next ones may begin anew.
    if (this.#size === 0) this.#highest = 0;
    const places = Math.max(FEWEST_PLACES, Math.ceil(this.#rows.length / 2));
    if (this.#size < this.#rows.length * EMPTY && places < this.#rows.length) this.#resize(places);
  }

  clear(): void {
    this.#rows = new Uint32Array(FEWEST_PLACES);
    this.#hashes = new Uint32Array(FEWEST_PLACES);
    this.#size = 0;
    this.#highest = 0;
  }

  /** Those behind it move up, as far as each may: a search ends at the first free place. */
  #free(place: number): void {
    let gap = place;
    for (let at = this.#next(gap); this.#hashes[at] !== 0; at = this.#next(at)) {
      const hash = this.#hashes[at] as number;
      // Whether its own first place lies behind the gap.
      if (this.#distance(this.#first(hash), at) < this.#distance(gap, at)) continue;
      this.#rows[gap] = this.#rows[at] as number;
      this.#hashes[gap] = hash;
      gap = at;
    }
    this.#hashes[gap] = 0;
  }

  #put(hash: number, row: number): void {
    let place = this.#first(hash);
    while (this.#hashes[place] !== 0) place = this.#next(place);
    this.#rows[place] = row;
    this.#hashes[place] = hash;
  }

  #resize(places: number): void {
    const rows = this.#rows;
    const hashes = this.#hashes;
    this.#rows = new Uint32Array(places);
    this.#hashes = new Uint32Array(places);
    for (let place = 0; place < rows.length; place++) {
      if (hashes[place] !== 0) this.#put(hashes[place] as number, rows[place] as number);
    }
    // At once: the thread's next large collection may be hours away.
    rows.buffer.transfer(0);
    hashes.buffer.transfer(0);
  }

  #whole(row: number): number {
    return this.#highest - (((this.#highest % WRAP) - row + WRAP) % WRAP);
  }

  #first(hash: number): number {
    return Math.trunc((hash / WRAP) * this.#rows.length);
  }

  /** Around the end of the table. */
  #next(place: number): number {
    return place + 1 === this.#rows.length ? 0 : place + 1;
  }

  #distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.#rows.length;
  }

  /** FNV-1a of the key's characters, with the last steps of MurmurHash3, since the highest bits choose the place. */
  #hashOf(key: string): number {
    let hash = this.#seed;
    for (let n = 0; n < key.length; n++) hash = Math.imul(hash ^ key.charCodeAt(n), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return (hash ^ (hash >>> 16)) >>> 0 || 1;
  }
}
