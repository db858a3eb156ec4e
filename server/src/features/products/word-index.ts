// Finds the texts that hold part of a word. What is searched through is each word once, however many texts have it: a
// searched word holds no space, so that it can only stand within one of them.

import { holdsScript, inOtherScript, type Script } from '../../domain/other-script.ts';
import { BitSet, eachPlace } from './bit-set.ts';

/** The texts that have a word: most words are of one text, and some of nearly all. */
type Having = number | number[] | BitSet;

/** A word of more texts than this has them as a set: a bit for each in place of eight bytes. */
const MOST_LISTED = 1_024;
/** Parts that so many texts have are asked for again: where they stand is kept, of so many parts. */
const COMMON_FROM = 256;
const MOST_COMMON = 64;

export class WordIndex {
  readonly #numbers = new Map<string, number>();
  /** All words, each between line ends, and where each begins. */
  #text = '\n';
  /** Words that came since the last question: put together one by one they would be a tree of them. */
  #unread: string[] = [];
  #length = 1;
  readonly #starts: number[] = [];
  /** By the number of the word. */
  readonly #having: Having[] = [];
  /** The numbers of the words with letters of each script. */
  readonly #ofScript: Record<Script, number[]> = { latin: [], devanagari: [] };
  /** The place of each text; -1: it has none, or is an old one. */
  readonly #places: number[] = [];
  /** Where the texts with a common part stand, until one of them moves. */
  readonly #common = new Map<string, BitSet>();
  /** What the last question found. */
  #found = new BitSet();

  /** Takes a text in and answers its number. They rise by one. */
  add(text: string): number {
    const number = this.#places.push(-1) - 1;
    for (const word of new Set(text.split(/\s+/))) {
      if (word !== '') this.#note(word, number);
    }
    return number;
  }

  get size(): number {
    return this.#places.length;
  }

  /** Says where a text stands from now on; -1: nowhere. */
  move(number: number, place: number): void {
    if (this.#places[number] === place) return;
    this.#places[number] = place;
    this.#common.clear();
  }

  /** The places of texts that have a word with this part: not to be changed, and good until the next question. */
  placesWith(part: string): BitSet {
    const kept = this.#common.get(part);
    if (kept) return kept;
    const found = this.#found;
    found.clear();
    const read = this.#read(part, found);
    if (read >= COMMON_FROM) {
      if (this.#common.size >= MOST_COMMON) this.#common.clear();
      this.#common.set(part, found);
      this.#found = new BitSet();
    }
    return found;
  }

  /** Answers how many texts it went through. */
  #read(part: string, found: BitSet): number {
    this.#text += this.#unread.join('');
    this.#unread = [];
    let read = 0;
    const take = (text: number): void => {
      const place = this.#places[text] as number;
      if (place >= 0) found.add(place);
      read++;
    };
    const takeAll = (word: number): void => {
      const having = this.#having[word] as Having;
      if (typeof having === 'number') take(having);
      else if (having instanceof BitSet) eachPlace(having, take);
      else for (const text of having) take(text);
    };
    let at = this.#text.indexOf(part);
    while (at !== -1) {
      const word = this.#wordAt(at);
      takeAll(word);
      const next = this.#starts[word + 1];
      at = next === undefined ? -1 : this.#text.indexOf(part, next);
    }
    for (const word of this.#inOtherScript(part)) takeAll(word);
    return read;
  }

  /** The numbers of the words that are this part in the other script. */
  #inOtherScript(part: string): number[] {
    const isLatin = holdsScript(part, 'latin');
    if (!isLatin && !holdsScript(part, 'devanagari')) return [];
    const tried = this.#ofScript[isLatin ? 'devanagari' : 'latin'];
    const other = tried.length === 0 ? null : inOtherScript(part);
    if (!other) return [];
    const pattern = new RegExp(other.pattern);
    return tried.filter((word) => {
      const next = this.#starts[word + 1] ?? this.#text.length;
      return pattern.test(this.#text.slice(this.#starts[word], next - 1));
    });
  }

  #note(word: string, text: number): void {
    const number = this.#numbers.get(word);
    if (number === undefined) {
      this.#addWord(word, text);
      return;
    }
    const having = this.#having[number] as Having;
    if (typeof having === 'number') this.#having[number] = [having, text];
    else if (having instanceof BitSet) having.add(text);
    else if (having.push(text) > MOST_LISTED) this.#having[number] = setOf(having);
  }

  #addWord(word: string, text: number): void {
    this.#numbers.set(word, this.#starts.length);
    for (const script of ['latin', 'devanagari'] as const) {
      if (holdsScript(word, script)) this.#ofScript[script].push(this.#starts.length);
    }
    this.#starts.push(this.#length);
    this.#having.push(text);
    this.#unread.push(`${word}\n`);
    this.#length += word.length + 1;
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

function setOf(numbers: readonly number[]): BitSet {
  const set = new BitSet();
  for (const number of numbers) set.add(number);
  return set;
}
