// Contract 2.3, `search`: a part of a word of the name or description, in any script, literally.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { addProduct } from '../../../test/catalogue.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';

describe('searching the catalogue', () => {
  let shop: TestShop;
  const find = async (search: string, list = '/api/products'): Promise<string[]> => {
    const { status, body } = await shop.send('GET', `${list}?search=${encodeURIComponent(search)}`);
    assert.equal(status, 200, search);
    return body.data.map((row: { name: string }) => row.name).sort();
  };
  before(async () => {
    shop = await openSharedTestShop();
    const pieces: [string, string][] = [
      ['Gold Wedding Ring', 'Twisted band'],
      ['पेशवाई नथ', 'मोती और सोने का काम'],
      ['सोन्याचे मंगळसूत्र', 'काळे मणी'],
      ['Discount 50%_off tika', 'under_score'],
      ['ÉCLAT Necklace', 'Kundan "royal" (heavy)'],
      ['Straße NÖ', 'AB'],
      ['Ta', 'Two letters'],
    ];
    for (const [name, description] of pieces)
      await addProduct(shop, { name, description, status: 'published' });
  });
  after(() => shop.close());

  it('finds a part of a word, whatever the case', async () => {
    for (const text of [
      'wedding',
      'EDDIN',
      'gold wed',
      'ring',
      'Ring gold',
      '  RING  ',
      'twisted',
      'wis and',
    ]) {
      assert.ok((await find(text)).includes('Gold Wedding Ring'), text);
    }
    assert.deepEqual(await find('éclat'), ['ÉCLAT Necklace']);
    assert.deepEqual(await find('E\u0301CLAT'), ['ÉCLAT Necklace'], 'typed with a combining accent');
    assert.deepEqual(await find('nö'), ['Straße NÖ']);
  });

  it('finds Hindi and Marathi words and their parts, short ones too', async () => {
    for (const text of ['नथ', 'थ', 'पेशवाई', 'शवा', 'मोती', 'सोने', 'ने']) {
      assert.ok((await find(text)).includes('पेशवाई नथ'), text);
    }
    assert.deepEqual(await find('मंगळसूत्र'), ['सोन्याचे मंगळसूत्र']);
    assert.deepEqual(await find('मणी मंगळ'), ['सोन्याचे मंगळसूत्र']);
    assert.deepEqual(await find('हार'), []);
  });

  it('takes % and _ and every sign of a query language literally', async () => {
    assert.deepEqual(await find('50%_off'), ['Discount 50%_off tika']);
    assert.deepEqual(await find('%'), ['Discount 50%_off tika']);
    assert.deepEqual(await find('_'), ['Discount 50%_off tika']);
    assert.deepEqual(await find('5%'), []);
    assert.deepEqual(await find('"royal"'), ['ÉCLAT Necklace']);
    assert.deepEqual(await find('(heavy)'), ['ÉCLAT Necklace']);
    for (const text of [
      '"',
      '""',
      '*',
      'ring*',
      'OR',
      'NOT ring',
      'a AND b',
      'NEAR(ring)',
      'search_text:ring',
      '^ring',
      '.*',
      "' OR '1'='1",
      'ri\0ng',
      '\\',
      '{ring}',
      '-ring',
      '+ring',
    ]) {
      const found = await find(text);
      assert.ok(found.length < 7, text);
    }
    assert.deepEqual(await find('ring*'), []);
    assert.deepEqual(await find('.*'), []);
  });

  it('is no filter when blank, and bounded when long', async () => {
    assert.equal((await find('')).length, 7);
    assert.equal((await find('   ')).length, 7);
    assert.equal((await find('\0')).length, 7);
    assert.deepEqual(await find('x'.repeat(5000)), []);
    assert.deepEqual(await find('ring '.repeat(1000)), ['Gold Wedding Ring']);
  });

  it('follows changes, removal and restoration, and combines with other filters', async () => {
    const { id } = await addProduct(shop, { name: 'Zebra pendant', status: 'published' });
    assert.deepEqual(await find('zebra'), ['Zebra pendant']);
    await shop.send('PUT', `/api/products/${id}`, {
      body: { name: 'Okapi', description: 'formerly striped' },
    });
    assert.deepEqual(await find('zebra'), []);
    assert.deepEqual(await find('striped'), ['Okapi']);
    await shop.send('DELETE', `/api/products/${id}`);
    assert.deepEqual(await find('striped'), []);
    await shop.send('POST', `/api/products/${id}/restore`);
    assert.deepEqual(await find('ok'), ['Okapi']);
    await shop.send('POST', `/api/products/${id}/unpublish`);
    assert.deepEqual(await find('okapi'), []);
    assert.deepEqual(await find('okapi', '/api/products/admin'), ['Okapi']);
    const { body } = await shop.send('GET', '/api/products/admin?search=okapi&status=published&page=1');
    assert.deepEqual(body.data, []);
    assert.equal(body.pagination.total, 0);
  });
});
