// `swati train` as people use it: trains, says how well, and takes it back.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addRates } from '../../test/price-history.ts';
import { openTestShop, type TestShop } from '../../test/test-shop.ts';
import { swati } from './swati.ts';

describe('swati train', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
    // The clock of the command is the machine's: to it these rates are old, which is no hindrance.
    await addRates(shop, 60);
  });
  after(() => shop.close());

  const run = (...args: string[]) => runIn(shop.dataDir, ...args);
  const runIn = async (dataDir: string, ...args: string[]) => {
    const lines: string[] = [];
    const terminal = {
      out: (line: string) => void lines.push(line),
      err: (line: string) => void lines.push(line),
      progress: () => undefined,
      askSecret: async () => null,
      readInput: async () => '',
    };
    const code = await swati(['train', ...args], { DATA_DIR: dataDir }, terminal);
    return { code, text: lines.join('\n') };
  };

  it('trains what it can and says what is missing, with an exit code that says the same', async () => {
    const gold = await run('gold');
    assert.equal(gold.code, 0, gold.text);
    assert.match(
      gold.text,
      /^gold-916 +trained from 60 of the shop's rows, off by \d+\.\d% on rows held back$/,
    );
    const diamond = await run('diamond');
    assert.equal(diamond.code, 1);
    assert.match(diamond.text, /Insufficient data for training\. Found 0 records, need at least 50/);
    // Another process: the server serves it with its next answer.
    assert.ok(await shop.predictions.models.gold({ metal: 'gold', purity: '916' }));
  });

  it('puts the model before back, where there is one', async () => {
    assert.equal((await run('gold', '--rollback')).code, 1);
    await run('gold');
    const versions = (await shop.predictions.models.cards()).map(({ version }) => version);
    const { code, text } = await run('gold', '--rollback');
    assert.equal(code, 0);
    assert.match(text, /^gold-916 +\d{8}_\d{6} serves again$/);
    assert.equal(versions.length, 1);
  });

  it('knows its words', async () => {
    assert.equal((await run('silver')).code, 64);
    assert.match((await run('silver')).text, /"silver" is no model; say gold, diamond or all/);
  });

  it('makes no shop where none is', async () => {
    const elsewhere = join(shop.dataDir, 'elsewhere');
    const { code, text } = await runIn(elsewhere, 'gold');
    assert.equal(code, 78);
    assert.match(text, /there is no shop in/);
    assert.equal(existsSync(elsewhere), false);
  });
});
