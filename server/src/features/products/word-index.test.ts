import assert from 'node:assert/strict';
import { it } from 'node:test';
import { inOtherScript } from '../../domain/other-script.ts';
import { seededRandom } from '../demo/seeded-random.ts';
import { BitSet, eachPlace } from './bit-set.ts';
import { WordIndex } from './word-index.ts';

const TEXTS = 3_000;
const PARTS = [
  'ring',
  'rin',
  'i',
  'old',
  '12',
  '7',
  'अंगूठी',
  'angoothi',
  'रिंग',
  'सिल्वर',
  'nowhere',
  'gold',
  'x',
];

function holds(word: string, part: string): boolean {
  const other = inOtherScript(part);
  return word.includes(part) || (other !== null && new RegExp(other.pattern).test(word));
}

function placesOf(set: BitSet): number[] {
  const places: number[] = [];
  eachPlace(set, (place) => places.push(place));
  return places;
}

it('finds what a look at every text finds, of rare words and common ones, while texts come and move', () => {
  const { between } = seededRandom(11);
  const index = new WordIndex();
  const texts: string[] = [];
  const places: number[] = [];
  const compare = () => {
    for (const part of PARTS) {
      const expected = texts.flatMap((text, number) => {
        const place = places[number] as number;
        return place >= 0 && text.split(/\s+/).some((word) => holds(word, part)) ? [place] : [];
      });
      const found = () => placesOf(index.placesWith(part));
      assert.deepEqual(
        found(),
        expected.toSorted((a, b) => a - b),
        part,
      );
      // Once more: what is common was kept.
      assert.deepEqual(
        found(),
        expected.toSorted((a, b) => a - b),
        part,
      );
    }
  };
  const next = () => between(0, 2 ** 30);
  for (let number = 0; number < TEXTS; number++) {
    const rest = [next() % 3 > 0 ? 'gold' : 'silver', next() % 9 === 0 ? 'अंगूठी' : '', `rare${next() % 400}`];
    const text = `ring  ${number} ring\n${rest.join(' ')}`;
    assert.equal(index.add(text), number);
    texts.push(text);
    places.push(-1);
    if (next() % 5 > 0) {
      places[number] = TEXTS - 1 - number;
      index.move(number, TEXTS - 1 - number);
    }
    if (number % 400 === 0) compare();
  }
  assert.equal(index.size, TEXTS);
  compare();
  for (let round = 0; round < 5; round++) {
    const number = next() % TEXTS;
    places[number] = places[number] === -1 ? TEXTS - 1 - number : -1;
    index.move(number, places[number] as number);
    compare();
  }
});

it('knows each place of a set, from the lowest up', () => {
  const set = new BitSet();
  for (const place of [64, 0, 31, 95, 32]) set.add(place);
  assert.deepEqual(placesOf(set), [0, 31, 32, 64, 95]);
});
