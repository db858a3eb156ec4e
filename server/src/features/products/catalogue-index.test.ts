// The index against a plain filter over all pieces: many pieces, so that sets of places and limits of ranges matter.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inOtherScript } from '../../domain/other-script.ts';
import { CATEGORIES, type Product, type ProductFilter } from '../../domain/product.ts';
import { searchTextOf, searchWords } from '../../domain/product-search.ts';
import { aProduct } from '../../store/contract-suite/builders.ts';
import { type SeededRandom, seededRandom } from '../demo/seeded-random.ts';
import { CatalogueIndex } from './catalogue-index.ts';

const WORDS = ['gold', 'golden', 'ring', 'नथ', 'pearl', '22k', 'x'];

function newPiece(random: SeededRandom, n: number): Product {
  const fields = aProduct({
    name: `${random.pick(WORDS)} ${n}`,
    description: `${random.pick(WORDS)} ${random.pick(WORDS)}`,
    category: random.pick(CATEGORIES),
    basePricePaise: random.pick([random.between(0, 100), random.between(0, 9_000_000), 2_500_000]),
    netWeightMg: random.between(1, 20_000),
    stockQuantity: random.between(0, 8),
  });
  const at = random.between(0, 1_000);
  return { ...fields, version: 1, publishedAt: at, isActive: true, createdAt: at, updatedAt: at };
}

function randomFilter(random: SeededRandom): ProductFilter {
  const maybe = <T extends object>(value: () => T): T | object => (random.next() < 0.3 ? value() : {});
  return {
    status: 'published',
    ...maybe(() => ({ category: random.pick(CATEGORIES) })),
    ...maybe(() => ({ minPricePaise: random.pick([0, 50, 2_500_000, random.between(0, 9_000_000)]) })),
    ...maybe(() => ({ maxPricePaise: random.pick([-1, 50, 2_500_000, random.between(0, 9_000_000)]) })),
    ...maybe(() => ({ minWeightMg: random.between(0, 20_001) })),
    ...maybe(() => ({ maxWeightMg: random.between(0, 20_001) })),
    ...maybe(() => random.pick([{ minStock: 1, maxStock: 5 }, { maxStock: 0 }])),
    ...maybe(() => ({
      search: `${random.pick(['old', 'in', '1', '99', 'थ', 'x', 'zz', 'nath', 'रिंग'])} ${random.pick(['', 'p'])}`,
    })),
  };
}

function holds(text: string, word: string): boolean {
  const other = inOtherScript(word);
  return text.includes(word) || (other !== null && new RegExp(other.pattern).test(text));
}

function plainly(pieces: Iterable<Product>, filter: ProductFilter): string[] {
  const { indexed, short } = searchWords(filter.search ?? '');
  const isIn = (value: number, from = -Infinity, to = Infinity): boolean => value >= from && value <= to;
  return [...pieces]
    .filter(
      (piece) =>
        (filter.category === undefined || piece.category === filter.category) &&
        isIn(piece.basePricePaise, filter.minPricePaise, filter.maxPricePaise) &&
        isIn(piece.netWeightMg, filter.minWeightMg, filter.maxWeightMg) &&
        isIn(piece.stockQuantity, filter.minStock, filter.maxStock) &&
        [...indexed, ...short].every((word) => holds(searchTextOf(piece.name, piece.description), word)),
    )
    .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1))
    .map(({ id }) => id);
}

/** Pieces come (older than others or the newest), change and go, in the index and in a plain map. */
function changeSome(
  random: SeededRandom,
  round: number,
  index: CatalogueIndex,
  pieces: Map<string, Product>,
) {
  const put = (piece: Product): void => {
    pieces.set(piece.id, piece);
    index.put(piece);
  };
  for (let n = 0; n < 8; n++) {
    const { id, createdAt } = random.pick([...pieces.values()]);
    const other = newPiece(random, round * 1_000 + n);
    if (n % 4 === 0) put(other);
    else if (n % 4 === 1) put({ ...other, createdAt: 2_000 + round });
    else if (n % 4 === 2) put({ ...other, id, createdAt });
    else if (pieces.delete(id)) index.drop(id);
  }
  index.settle();
}

describe('the index of the catalogue', () => {
  it('finds what a plain filter finds, in the same order, while pieces come, change and go', () => {
    const random = seededRandom(7);
    const index = new CatalogueIndex();
    const pieces = new Map<string, Product>();
    for (let n = 0; n < 700; n++) {
      const piece = newPiece(random, n);
      pieces.set(piece.id, piece);
      index.put(piece);
    }
    index.settle();
    for (let round = 0; round < 60; round++) {
      changeSome(random, round, index, pieces);
      for (let n = 0; n < 15; n++) {
        const filter = randomFilter(random);
        const expected = plainly(pieces.values(), filter);
        const skip = random.pick([0, 7, Math.max(expected.length - 1, 0)]);
        const found = index.select(filter, skip, 20);
        const shown = { total: found?.total, ids: found?.pieces.map(({ id }) => id) };
        const wanted = { total: expected.length, ids: expected.slice(skip, skip + 20) };
        assert.deepEqual(shown, wanted, JSON.stringify(filter));
      }
    }
    assert.equal(index.count, pieces.size);
  });

  it('is worn once most of it is of the past', () => {
    const index = new CatalogueIndex();
    const piece = newPiece(seededRandom(8), 0);
    index.put(piece);
    index.settle();
    for (let n = 0; n < 500; n++) index.put({ ...piece, name: `Name ${n}` });
    assert.equal(index.isWorn, false);
    for (let n = 0; n < 600; n++) index.put({ ...piece, name: `Other name ${n}` });
    assert.equal(index.isWorn, true);
  });
});
