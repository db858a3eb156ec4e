// Finds the texts that hold part of a word. What is searched through is each word once, however many texts have it: a
// searched word holds no space, so that it can only stand within one of them.

import { BitSet } from './bit-set.ts';

export class WordIndex {
  readonly #numbers = new Map<string, number>();
  /** All words, each between line ends, and where each begins. */
  #text = '\n';
  readonly #starts: number[] = [];
  /** The texts that have a word, by its number. Rising. */
  readonly #texts: number[][] = [];
  #count = 0;

  /** Takes a text in and answers its number. They rise by one. */
  add(text: string): number {
    const number = this.#count++;
    for (const word of new Set(text.split(/\s+/))) {
      if (word !== '') (this.#texts[this.#numberOf(word)] as number[]).push(number);
    }
    return number;
  }

  get size(): number {
    return this.#count;
  }

  /** The places of texts that have a word with this part. `placeOf`: the place of a text, -1 where it has none now. */
  placesWith(part: string, placeOf: readonly number[], places: number): BitSet {
    const found = new BitSet(places);
    let at = this.#text.indexOf(part);
    while (at !== -1) {
      const word = this.#wordAt(at);
      for (const text of this.#texts[word] as number[]) {
        const place = placeOf[text] as number;
        if (place >= 0) found.add(place);
      }
      const next = this.#starts[word + 1];
      at = next === undefined ? -1 : this.#text.indexOf(part, next);
    }
    return found;
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const number = this.#starts.length;
    this.#numbers.set(word, number);
    this.#starts.push(this.#text.length);
    this.#texts.push([]);
    this.#text += `${word}\n`;
    return number;
  }

  /** The number of the word that stands at a position of the text. */
  #wordAt(position: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#starts[middle] as number) <= position) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
