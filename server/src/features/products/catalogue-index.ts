// The published pieces in memory, ready to be shown: each one's JSON as bytes, and what the filters of the catalogue
// ask for. It knows neither the store nor HTTP; whoever feeds it keeps it fresh.

import type { PricedPiece } from '../../domain/piece-price.ts';
import { CATEGORIES, PRODUCT_PURITIES, type Product, type ProductFilter } from '../../domain/product.ts';
import { searchTextOf, searchWords } from '../../domain/product-search.ts';
import { BitSet, countBits, highestPlaces, intersect, wordsFor } from './bit-set.ts';
import { toProductWire } from './product-wire.ts';
import { RangeColumn } from './range-column.ts';
import { type TextPlace, TextStore } from './text-store.ts';
import { WordIndex } from './word-index.ts';

/** A piece of the index. Its place rises with (created_at, id): the newest stands last. */
export interface IndexedPiece extends PricedPiece {
  readonly id: string;
  readonly createdAt: number;
  version: number;
  category: string;
  stockQuantity: number;
  /** Its JSON but for the price and the closing brace. */
  text: TextPlace;
  /** The number of its searched text. */
  words: number;
  place: number;
  /** False: taken off; its place waits for it to come back. */
  isShown: boolean;
  /** The price and the board it was reckoned by. */
  priced: { board: object; paise: number } | null;
}

/** The pieces of one page and how many the filter lets through. */
export interface Found {
  pieces: IndexedPiece[];
  total: number;
}

/** So many pieces that were taken off, or texts that were replaced, are never worth a new index. */
const WORN_FROM = 1_000;

export class CatalogueIndex {
  readonly #byId = new Map<string, IndexedPiece>();
  #pieces: IndexedPiece[] = [];
  /** Those whose place is not the last: they get it when all are put in order. */
  #late: IndexedPiece[] = [];
  readonly texts = new TextStore();
  readonly #words = new WordIndex();
  #textsWithZero = 0;
  #count = 0;
  #shown = new BitSet();
  /** What the last question chose. */
  #chosen = new Uint32Array();
  #categories = new Map<string, BitSet>();
  #price = new RangeColumn(new Float64Array());
  #weight = new RangeColumn(new Float64Array());
  #stock = new RangeColumn(new Float64Array());

  /** How many pieces are shown. */
  get count(): number {
    return this.#count;
  }

  /** Mostly of what is no more: a new one would be half as large. */
  get isWorn(): boolean {
    const limit = 2 * this.#count + WORN_FROM;
    return this.texts.isWorn || this.#pieces.length > limit || this.#words.size > limit;
  }

  find(id: string): IndexedPiece | undefined {
    const piece = this.#byId.get(id);
    return piece?.isShown ? piece : undefined;
  }

  /** Shows a published piece as it is now. After the last of several: `settle`. */
  put(product: Product): void {
    const known = this.#byId.get(product.id);
    if (known) this.#update(known, product);
    else this.#insert(product);
  }

  drop(id: string): void {
    const piece = this.#byId.get(id);
    if (!piece?.isShown) return;
    piece.isShown = false;
    this.#count--;
    if (piece.place >= 0) this.#shown.remove(piece.place);
  }

  /** Gives a place to the pieces that are older than others. */
  settle(): void {
    if (this.#late.length === 0) return;
    // Both are in order nearly always, which such a sort finds out at once.
    const pieces = [...this.#pieces, ...this.#late.toSorted(byAge)].sort(byAge);
    this.#late = [];
    this.#pieces = pieces;
    const values = (value: (piece: IndexedPiece) => number) => Float64Array.from(pieces, value);
    this.#shown = new BitSet(pieces.length);
    this.#categories = new Map();
    this.#price = new RangeColumn(values((piece) => piece.basePricePaise));
    this.#weight = new RangeColumn(values((piece) => piece.netWeightMg));
    this.#stock = new RangeColumn(values((piece) => piece.stockQuantity));
    for (const [place, piece] of pieces.entries()) this.#setPlace(piece, place);
  }

  /** At a place that the columns did not know, or with other numbers. */
  #setNumbers({ place, basePricePaise, netWeightMg, stockQuantity }: IndexedPiece): void {
    this.#price.set(place, basePricePaise);
    this.#weight.set(place, netWeightMg);
    this.#stock.set(place, stockQuantity);
  }

  /** A page, newest first; null: only the store can answer this. */
  select(filter: ProductFilter, skip: number, limit: number): Found | null {
    const words = wordsFor(this.#pieces.length);
    const isAll = Object.keys(filter).every((name) => name === 'status');
    const chosen = isAll ? this.#shown.words.subarray(0, words) : this.#choose(filter, words);
    if (chosen === null) return null;
    const pieces = highestPlaces(chosen, skip, limit).map((place) => this.#pieces[place] as IndexedPiece);
    return { pieces, total: isAll ? this.#count : countBits(chosen) };
  }

  #choose(filter: ProductFilter, words: number): Uint32Array | null {
    const shown = this.#shown.words.subarray(0, words);
    if (this.#chosen.length < shown.length) this.#chosen = new Uint32Array(2 * shown.length);
    const chosen = this.#chosen.subarray(0, shown.length);
    chosen.set(shown);
    if (filter.category !== undefined)
      intersect(chosen, this.#categories.get(filter.category) ?? new BitSet());
    this.#price.keepRange(chosen, filter.minPricePaise, filter.maxPricePaise);
    this.#weight.keepRange(chosen, filter.minWeightMg, filter.maxWeightMg);
    this.#stock.keepRange(chosen, filter.minStock, filter.maxStock);
    if (filter.search === undefined) return chosen;
    // The store's index of trigrams ends a text at its first zero character, its search for short words does not.
    if (this.#textsWithZero > 0) return null;
    const { indexed, short } = searchWords(filter.search);
    for (const part of [...indexed, ...short]) {
      intersect(chosen, this.#words.placesWith(part));
    }
    return chosen;
  }

  #insert(product: Product): void {
    const piece: IndexedPiece = {
      ...shownOf(product),
      id: product.id,
      createdAt: product.createdAt,
      text: this.texts.add(textOf(product)),
      words: this.#addWords(product),
      place: -1,
      isShown: true,
      priced: null,
    };
    this.#byId.set(piece.id, piece);
    this.#count++;
    const last = this.#pieces.at(-1);
    const isNewest = last !== undefined && this.#late.length === 0 && byAge(last, piece) < 0;
    if (!isNewest) {
      this.#late.push(piece);
      return;
    }
    this.#setPlace(piece, this.#pieces.push(piece) - 1);
    this.#setNumbers(piece);
  }

  #update(piece: IndexedPiece, product: Product): void {
    const { name, description } = JSON.parse(`${this.texts.read(piece.text)}}`) as Product;
    if (name !== product.name || description !== product.description) {
      this.#words.move(piece.words, -1);
      piece.words = this.#addWords(product);
    }
    if (!piece.isShown) this.#count++;
    this.#categories.get(piece.category)?.remove(piece.place);
    Object.assign(piece, shownOf(product), { isShown: true, priced: null });
    piece.text = this.texts.replace(piece.text, textOf(product));
    // Without a place yet: it is one of those that get theirs when all are put in order.
    if (piece.place < 0) return;
    this.#setPlace(piece, piece.place);
    this.#setNumbers(piece);
  }

  #addWords({ name, description }: Product): number {
    const text = searchTextOf(name, description);
    if (text.includes('\0')) this.#textsWithZero++;
    return this.#words.add(text);
  }

  #setPlace(piece: IndexedPiece, place: number): void {
    piece.place = place;
    this.#words.move(piece.words, place);
    if (piece.isShown) this.#shown.add(place);
    const category = this.#categories.get(piece.category) ?? new BitSet();
    category.add(place);
    this.#categories.set(piece.category, category);
  }
}

function byAge(a: IndexedPiece, b: IndexedPiece): number {
  if (a.createdAt !== b.createdAt) return a.createdAt - b.createdAt;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/** What can change of a piece. Every row that is read brings its names as texts of their own: one of each is kept. */
function shownOf(product: Product) {
  const { version, stockQuantity, netWeightMg } = product;
  const category = CATEGORIES.find((known) => known === product.category) ?? product.category;
  const goldPurity = PRODUCT_PURITIES.find((known) => known === product.goldPurity) ?? product.goldPurity;
  const { basePricePaise, makingCharge, stonesPaise } = product;
  return {
    version,
    category,
    stockQuantity,
    netWeightMg,
    goldPurity,
    basePricePaise,
    makingCharge,
    stonesPaise,
  };
}

/** The JSON of a piece, open at its end. */
function textOf(product: Product): string {
  return JSON.stringify(toProductWire(product, null)).slice(0, -1);
}
