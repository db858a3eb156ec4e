// Pictures that were uploaded and then not used.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { addProduct } from '../../../test/catalogue.ts';
import { form, picture } from '../../../test/pictures.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { removeOrphanImages } from './remove-orphans.ts';

describe('pictures that no piece shows', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  it('go after a day; those shown, also by a removed piece, stay', async () => {
    const png = await picture('png');
    const upload = async (token = shop.adminToken): Promise<{ filename: string; image_url: string }> =>
      (await shop.send('POST', '/api/uploads/image', { body: form(png), token })).body.data;
    const [shown, byRemoved, absolute, orphan] = [
      await upload(),
      await upload(),
      await upload(),
      await upload(),
    ];
    await addProduct(shop, { image_url: shown.image_url });
    const removed = await addProduct(shop, { image_url: byRemoved.image_url });
    await shop.send('DELETE', `/api/products/${removed.id}`);
    await addProduct(shop, { image_url: `https://shop.example${absolute.image_url}` });
    const folder = join(shop.dataDir, 'uploads', 'products');
    const cutOff = `${'a'.repeat(32)}_20260115103000.png`;
    writeFileSync(join(folder, cutOff), 'no row');
    writeFileSync(join(folder, `${cutOff}.part`), 'half');
    writeFileSync(join(folder, 'README'), 'not ours');

    assert.deepEqual(await removeOrphanImages(shop.shop), [], 'all are of today');
    assert.ok(readdirSync(folder).includes(cutOff));
    shop.clock.now += 86_400_000 + 1000;
    const young = await upload(await shop.signIn('admin'));
    assert.deepEqual(await removeOrphanImages(shop.shop), [orphan.filename]);
    const left = [shown, byRemoved, absolute, young].map((image) => image.filename);
    assert.deepEqual(readdirSync(folder).sort(), [...left, 'README'].sort());
    assert.deepEqual(await removeOrphanImages(shop.shop), []);
    const [entry] = await shop.shop.store.journal.list({ subject: `image:${orphan.filename}` }, 1);
    assert.equal(entry?.action, 'image.removed');
    const sha256 = createHash('sha256')
      .update(readFileSync(join(folder, shown.filename)))
      .digest('hex');
    assert.equal((await shop.shop.store.images.find(shown.filename))?.sha256, sha256);
  });
});
