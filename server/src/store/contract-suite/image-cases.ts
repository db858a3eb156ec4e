import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { ALL, aBy, aProduct, DAY, START } from './builders.ts';
import { type ContractCase, refused } from './contract-case.ts';

/** As uploads name them: random, and the moment. */
function imageName(at = START): string {
  const stamp = new Date(at).toISOString().replace(/\D/g, '').slice(0, 14);
  return `${randomBytes(16).toString('hex')}_${stamp}.png`;
}

function anImage(name: string) {
  return { name, contentType: 'image/png', bytes: Uint8Array.from({ length: 1000 }, (_, n) => n % 256) };
}

export const imageCases: ContractCase[] = [
  {
    name: 'an image is found byte for byte, with its type and hash, until it is removed',
    run: async ({ images }) => {
      const input = anImage(imageName());
      assert.deepEqual((await images.add(input, aBy({ at: START }))).value, { name: input.name });
      const found = await images.find(input.name);
      assert.ok(found);
      assert.deepEqual(Buffer.from(found.bytes), Buffer.from(input.bytes));
      assert.equal(found.sha256, createHash('sha256').update(input.bytes).digest('hex'));
      assert.deepEqual([found.contentType, found.createdAt], ['image/png', START]);
      await images.remove(input.name, aBy());
      assert.equal(await images.find(input.name), null);
      await refused(images.remove(input.name, aBy()), 'image_not_found');
      assert.equal(await images.find(imageName()), null);
    },
  },
  {
    name: 'old images that no piece shows are swept; shown ones, those of removed pieces and new ones stay',
    run: async ({ images, products }) => {
      const [orphan, shown, removed, fresh] = [
        imageName(),
        imageName(),
        imageName(),
        imageName(START + 2 * DAY),
      ];
      for (const name of [orphan, shown, removed]) await images.add(anImage(name), aBy({ at: START }));
      await images.add(anImage(fresh), aBy({ at: START + 2 * DAY }));
      const url = (name: string): string => `/uploads/products/${name}`;
      await products.add(aProduct({ imageUrl: url(shown) }), aBy());
      const gone = aProduct({ imageUrl: url(removed) });
      await products.add(gone, aBy());
      await products.remove(gone.id, null, aBy());
      const { value } = await images.removeOrphans(START + DAY, aBy({ at: START + 2 * DAY }));
      assert.deepEqual(value, [orphan]);
      assert.equal(await images.find(orphan), null);
      for (const name of [shown, removed, fresh]) assert.ok(await images.find(name), name);
      assert.deepEqual((await images.removeOrphans(START + DAY, aBy())).value, []);
      assert.equal((await products.list({}, ALL)).total, 1);
    },
  },
];
