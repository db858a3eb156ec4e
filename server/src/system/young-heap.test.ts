import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { it } from 'node:test';

/** Fills a heap of its own with what stays, a little in each turn. */
const PROGRAM = `
  import ${JSON.stringify(new URL('lean-start.js', import.meta.url))};
  const { letYoungHeapGrow, youngBytes } = await import(${JSON.stringify(new URL('young-heap.ts', import.meta.url))});
  letYoungHeapGrow();
  const kept = [];
  for (let turn = 0; turn < 200; turn++) {
    for (let n = 0; n < 5_000; n++) kept.push({ n, turn, texts: [String(n)] });
    await new Promise(setImmediate);
  }
  console.log(youngBytes() / 2 ** 20);`;

it('the young heap grows to twice 8 MB and no further, however much stays', () => {
  const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', PROGRAM]);
  assert.equal(Math.round(Number(answer)), 8);
});
