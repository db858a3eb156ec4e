import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { seededRandom } from '../../../features/demo/seeded-random.ts';
import { RowNumbers } from './row-numbers.ts';

describe('numbers of rows by their keys', () => {
  it('are those of a plain list after any additions and removals, while the table grows and shrinks', () => {
    const { next: random, pick } = seededRandom(7);
    const rows = new RowNumbers(1);
    const model = new Map<string, Set<number>>();
    const names = Array.from({ length: 6000 }, (_, n) => `main u${n % 3} key-${n}`);
    const check = (name: string): void => {
      const held = model.get(name) ?? new Set();
      // Another key that looks like it may be among them: of these names there is none with this seed.
      assert.deepEqual(new Set(rows.find(name)), held, name);
    };
    // The numbers pass 2^32 on the way.
    let number = 2 ** 32 - 9_000;
    for (const adding of [0.9, 0.5, 0.1, 0.8, 0.05]) {
      for (let step = 0; step < 12_000; step++) {
        const name = pick(names);
        const held = model.get(name) ?? new Set();
        model.set(name, held);
        if (random() < adding) {
          rows.add(name, number);
          held.add(number++);
        } else {
          const [row = number] = held;
          rows.remove(name, row);
          held.delete(row);
        }
        check(name);
        check(names[step % names.length] as string);
      }
      const size = [...model.values()].reduce((sum, held) => sum + held.size, 0);
      assert.equal(rows.size, size);
    }
    rows.clear();
    assert.deepEqual([rows.size, names.flatMap((name) => rows.find(name))], [0, []]);
  });

  it('begin anew once none is left', () => {
    const rows = new RowNumbers(1);
    rows.add('a', 2 ** 33);
    assert.deepEqual(rows.find('a'), [2 ** 33]);
    rows.remove('a', 2 ** 33);
    rows.add('b', 1);
    assert.deepEqual([rows.find('a'), rows.find('b')], [[], [1]]);
  });
});
