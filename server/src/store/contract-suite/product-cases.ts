import assert from 'node:assert/strict';
import type { BulkAction, ProductFilter } from '../../domain/product.ts';
import { ALL, aBy, aGoldRate, aProduct, EVERY_PRODUCT_FIELD, newId, START } from './builders.ts';
import { type ContractCase, countDone, present, refused, refusedWithoutTrace } from './contract-case.ts';

export const productCases: ContractCase[] = [
  {
    name: 'a piece is found as it was added, whatever its making charge',
    run: async ({ products }) => {
      const charges = [
        null,
        { kind: 'percent', basisPoints: 1250 },
        { kind: 'per_gram', paisePerGram: 75_050 },
        { kind: 'fixed', paise: 0 },
      ] as const;
      for (const makingCharge of charges) {
        const input = aProduct({
          makingCharge,
          name: 'नथ "मोती"',
          description: 'a\nb',
          imageUrl: 'https://example.com/a.jpg',
          basePricePaise: 1_000_000_000_000,
          netWeightMg: 3,
          goldPurity: '585',
          stockQuantity: 0,
          stonesPaise: 1,
        });
        const { value } = await products.add(input, aBy({ at: START }));
        const times = { publishedAt: START, createdAt: START, updatedAt: START };
        assert.deepEqual(value.product, { ...input, version: 1, isActive: true, ...times });
        assert.deepEqual(await products.find(input.id), value.product);
      }
      assert.equal(await products.find(newId()), null);
      assert.equal(await products.find('x'), null);
    },
  },
  {
    name: 'each field is kept as it is changed to, alone',
    run: async ({ products }) => {
      let before = (await products.add(aProduct(), aBy())).value.product;
      for (const [field, wanted] of Object.entries(EVERY_PRODUCT_FIELD)) {
        assert.notDeepEqual(before[field as keyof typeof before], wanted);
        const { product } = (await products.change(before.id, { [field]: wanted }, null, aBy())).value;
        const { version, publishedAt, updatedAt } = product;
        assert.deepEqual(product, { ...before, [field]: wanted, version, publishedAt, updatedAt });
        assert.deepEqual(await products.find(before.id), product);
        before = product;
      }
    },
  },
  {
    name: 'answers carry the price of the moment: the list price, or metal by the rate and making',
    run: async ({ products, prices }) => {
      const input = aProduct({
        netWeightMg: 10_000,
        goldPurity: '916',
        makingCharge: { kind: 'fixed', paise: 33 },
      });
      const bare = (await products.add(input, aBy({ at: START }))).value;
      assert.equal(bare.price.totalPaise, input.basePricePaise);
      assert.equal(bare.price.rate, null);
      const rate = aGoldRate(650_005, START);
      await prices.record(rate, aBy({ at: START }));
      const { price } = (await products.change(input.id, { stonesPaise: 7 }, null, aBy({ at: START }))).value;
      assert.equal(price.rate?.id, rate.id);
      assert.equal(price.totalPaise, 6_500_050 + 33 + 7);
    },
  },
  {
    name: 'each filter finds what it names and nothing else, ranges inclusive, all of them together',
    run: async ({ products }) => {
      const ring = aProduct({
        category: 'Ring',
        basePricePaise: 100_00,
        netWeightMg: 1_000,
        stockQuantity: 0,
      });
      const nath = aProduct({
        category: 'Nath',
        basePricePaise: 200_00,
        netWeightMg: 2_000,
        stockQuantity: 1,
      });
      const draft = aProduct({
        category: 'Nath',
        basePricePaise: 300_00,
        netWeightMg: 3_000,
        stockQuantity: 2,
        status: 'draft',
      });
      for (const [index, input] of [ring, nath, draft].entries()) {
        await products.add(input, aBy({ at: START + index }));
      }
      const expected: [ProductFilter, string[]][] = [
        [{}, [draft.id, nath.id, ring.id]],
        [{ status: 'published' }, [nath.id, ring.id]],
        [{ status: 'draft' }, [draft.id]],
        [{ category: 'Nath' }, [draft.id, nath.id]],
        [{ category: 'Tika' }, []],
        [{ minPricePaise: 200_00 }, [draft.id, nath.id]],
        [{ maxPricePaise: 200_00 }, [nath.id, ring.id]],
        [{ minPricePaise: 200_01 }, [draft.id]],
        [{ minWeightMg: 2_000, maxWeightMg: 2_000 }, [nath.id]],
        [{ maxWeightMg: 999 }, []],
        [{ maxStock: 0 }, [ring.id]],
        [{ minStock: 1 }, [draft.id, nath.id]],
        [{ minStock: 1, maxStock: 1 }, [nath.id]],
        [{ category: 'Nath', status: 'published', minPricePaise: 1 }, [nath.id]],
      ];
      for (const [filter, ids] of expected) {
        const { rows, total } = await products.list(filter, ALL);
        assert.deepEqual([rows.map(({ id }) => id), total], [ids, ids.length], JSON.stringify(filter));
        assert.deepEqual(await products.listAfter(filter, null, 1000), rows, 'read on');
      }
    },
  },
  {
    name: 'a search finds part of a word in any script and case, short ones too, and takes every sign literally',
    run: async ({ products }) => {
      const nath = aProduct({ name: 'मोत्याची नथ', description: 'Pearl nose ring' });
      const odd = aProduct({ name: '50% off_now "x"', description: "it's" });
      for (const input of [nath, odd]) await products.add(input, aBy());
      const expected: [string, string[]][] = [
        ['नथ', [nath.id]],
        ['मोत्या', [nath.id]],
        ['EARL', [nath.id]],
        ['se', [nath.id]],
        ['%', [odd.id]],
        ['_', [odd.id]],
        ['off_n', [odd.id]],
        ['"x"', [odd.id]],
        ["it's", [odd.id]],
        ['gold', []],
        ['OR 1=1', []],
      ];
      for (const [search, ids] of expected) {
        const { rows, total } = await products.list({ search }, ALL);
        assert.deepEqual([rows.map(({ id }) => id), total], [ids, ids.length], search);
      }
      await products.change(nath.id, { name: 'Tika', description: '' }, null, aBy());
      assert.equal((await products.list({ search: 'नथ' }, ALL)).total, 0);
      assert.equal((await products.list({ search: 'tik' }, ALL)).total, 1);
    },
  },
  {
    name: 'a search finds each word in either script, in the name or the description, in the order of the list',
    run: async ({ products }) => {
      const pieces: [string, string][] = [
        ['पेशवाई नथ', 'मोती और सोने का काम'],
        ['Peshwai Nath', 'pearl, 22k'],
        ['मंगळसूत्र 22k', 'Sone ka kaam'],
        ['Ring', 'ओम'],
      ];
      const ids: string[] = [];
      for (const [n, [name, description]] of pieces.entries()) {
        const input = aProduct({ name, description });
        await products.add(input, aBy({ at: START + n }));
        ids.push(input.id);
      }
      const expected: [string, number[]][] = [
        ['nath', [1, 0]],
        ['नथ', [1, 0]],
        ['nath 22', [1]],
        ['नथ 22k', [1]],
        ['mangalsutra', [2]],
        ['sone kam', [0]],
        ['सोने', [2, 0]],
        ['moti नथ', [0]],
        ['om', [3]],
        ['peshvai sone', [0]],
        ['nath ring', []],
      ];
      for (const [search, places] of expected) {
        const { rows, total } = await products.list({ search }, ALL);
        const found = places.map((place) => ids[place]);
        assert.deepEqual([rows.map(({ id }) => id), total], [found, found.length], search);
        assert.deepEqual(await products.listAfter({ search }, null, 1000), rows, 'read on');
      }
      const second = await products.list({ search: 'nath' }, { skip: 1, limit: 1 });
      assert.deepEqual([second.rows.map(({ id }) => id), second.total], [[ids[0]], 2]);
    },
  },
  {
    name: 'publishing stamps the moment and keeps it; taking the piece off clears it',
    run: async ({ products }) => {
      const input = aProduct({ status: 'draft' });
      assert.equal((await products.add(input, aBy())).value.product.publishedAt, null);
      const change = async (changes: Parameters<typeof products.change>[1], at: number) =>
        (await products.change(input.id, changes, null, aBy({ at }))).value.product.publishedAt;
      assert.equal(await change({ status: 'published' }, START + 10), START + 10);
      assert.equal(await change({ name: 'Renamed' }, START + 20), START + 10);
      assert.equal(await change({ status: 'draft' }, START + 30), null);
    },
  },
  {
    name: 'a stale version is refused and the right one accepted; of changes at once one is done',
    run: async (store) => {
      const { products } = store;
      const input = aProduct();
      await products.add(input, aBy());
      const attempts = [1, 2, 3].map((n) => products.change(input.id, { name: `Name ${n}` }, 1, aBy()));
      assert.equal(await countDone(attempts, 'stale_version'), 1);
      await refusedWithoutTrace(store, () => products.remove(input.id, 1, aBy()), 'stale_version');
      await products.remove(input.id, 2, aBy());
    },
  },
  {
    name: 'a removed piece is gone from finding, lists and searches until it is restored, with all it had',
    run: async (store) => {
      const { products } = store;
      const [input, other] = [aProduct({ name: 'Unique Bangle' }), aProduct()];
      for (const each of [input, other]) await products.add(each, aBy());
      const before = await present(products.find(input.id));
      assert.equal((await products.remove(input.id, null, aBy())).value.product.isActive, false);
      assert.equal(await products.find(input.id), null);
      assert.deepEqual(
        (await products.list({}, ALL)).rows.map(({ id }) => id),
        [other.id],
      );
      assert.equal((await products.list({ search: 'unique' }, ALL)).total, 0);
      for (const filter of [
        {},
        { status: input.status },
        { category: input.category },
        { search: 'unique' },
      ]) {
        const { rows, total } = await products.list({ ...filter, isRemoved: true }, ALL);
        assert.deepEqual([total, rows.map(({ id }) => id)], [1, [input.id]]);
      }
      await refusedWithoutTrace(store, () => products.remove(input.id, null, aBy()), 'product_not_found');
      const change = () => products.change(input.id, { name: 'x' }, null, aBy());
      await refusedWithoutTrace(store, change, 'product_not_found');
      const { product } = (await products.restore(input.id, aBy())).value;
      const { version, updatedAt } = product;
      assert.deepEqual(product, { ...before, version, updatedAt });
      assert.ok(version > before.version);
      assert.equal((await products.restore(input.id, aBy())).value.product.version, version);
      await refused(products.restore(newId(), aBy()), 'product_not_found');
    },
  },
  {
    name: 'bulk answers each id in the order given; one that is refused leaves the others done',
    run: async ({ products }) => {
      const [a, b] = [aProduct({ status: 'draft' }), aProduct({ status: 'draft' })];
      for (const input of [a, b]) await products.add(input, aBy());
      const missing = newId();
      const { value } = await products.bulk([a.id, missing, b.id], 'publish', aBy());
      assert.deepEqual(
        value.map((result) => [result.id, result.ok ? result.product.status : result.refusal.code]),
        [
          [a.id, 'published'],
          [missing, 'product_not_found'],
          [b.id, 'published'],
        ],
      );
      assert.equal((await products.list({ status: 'published' }, ALL)).total, 2);
      // Whoever takes it back must know which pieces stood so before.
      const changed = async (ids: string[], action: BulkAction) =>
        (await products.bulk(ids, action, aBy())).value.map((result) => result.ok && result.isChanged);
      assert.deepEqual(await changed([b.id], 'unpublish'), [true]);
      assert.deepEqual(await changed([a.id, b.id], 'publish'), [false, true]);
      assert.deepEqual(await changed([b.id], 'restore'), [false]);
      assert.deepEqual(await changed([a.id], 'delete'), [true]);
      assert.deepEqual(await changed([b.id], 'unpublish'), [true]);
      assert.deepEqual(
        (await products.list({}, ALL)).rows.map(({ id, status }) => [id, status]),
        [[b.id, 'draft']],
      );
      assert.deepEqual(await changed([a.id], 'restore'), [true]);
      assert.equal((await products.list({}, ALL)).total, 2);
    },
  },
  {
    name: 'changeMany makes the same changes to each, journals those that changed, and keeps all other fields',
    run: async ({ products, journal }) => {
      const [a, b] = [aProduct({ name: 'A', stockQuantity: 1 }), aProduct({ name: 'B', stockQuantity: 4 })];
      for (const input of [a, b]) await products.add(input, aBy());
      const missing = newId();
      const making = { kind: 'per_gram', paisePerGram: 50_000 } as const;
      const changes = { stockQuantity: 4, makingCharge: making };
      const { value } = await products.changeMany([a.id, missing, b.id], changes, aBy());
      assert.deepEqual(
        value.map((result) => (result.ok ? result.product.name : result.refusal.code)),
        ['A', 'product_not_found', 'B'],
      );
      for (const input of [a, b]) {
        const { basePricePaise, stockQuantity, makingCharge } =
          (await products.find(input.id)) ?? assert.fail();
        assert.deepEqual([basePricePaise, stockQuantity, makingCharge], [input.basePricePaise, 4, making]);
      }
      const [last] = await journal.list({ subject: `product:${b.id}` }, 1);
      assert.deepEqual([last?.action, last?.after], ['product.changed', { makingCharge: making }]);
      const again = await products.changeMany([b.id], changes, aBy());
      assert.equal(
        again.value[0]?.ok && again.value[0].product.version,
        2,
        'nothing changed, nothing is written',
      );
    },
  },
];
