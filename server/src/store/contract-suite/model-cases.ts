import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { METALS, RATE_PURITIES } from '../../domain/price.ts';
import { modelVersion, type NewModel, seriesModelName } from '../../domain/trained-model.ts';
import { aBy, newId, START } from './builders.ts';
import { type ContractCase, refused } from './contract-case.ts';

function aModel(fill: number, card: Partial<NewModel['card']> = {}): NewModel {
  return {
    card: {
      name: 'gold-916',
      version: modelVersion(START),
      trainedAt: START,
      dataPoints: 60,
      basis: 'shop',
      seenPosition: 7,
      metrics: { mape: 1.5 },
      details: { premium: { share: 0.1 }, list: [1, 2] },
      ...card,
    },
    bytes: new Uint8Array(5000).fill(fill),
  };
}

export const modelCases: ContractCase[] = [
  {
    name: 'a model put in service is read byte for byte with its card, and the generation rises',
    run: async ({ models }) => {
      assert.deepEqual([await models.generation(), await models.read('gold-916')], [0, null]);
      const model = aModel(1);
      const { value } = await models.put([model, aModel(2, { name: 'diamond-4c' })], null, aBy());
      const sha256 = createHash('sha256').update(model.bytes).digest('hex');
      assert.deepEqual(value[0], { ...model.card, byteCount: 5000, sha256 });
      const read = await models.read('gold-916');
      assert.deepEqual(read?.card, value[0]);
      assert.deepEqual(Buffer.from(read?.bytes ?? []), Buffer.from(model.bytes));
      assert.deepEqual(await models.list(), [value[1], value[0]]);
      const first = await models.generation();
      await models.put([aModel(3)], null, aBy());
      assert.ok(first > 0 && (await models.generation()) > first);
    },
  },
  {
    name: 'models that are put in service again, as nobody knew whether they were, are put there once',
    run: async ({ models, journal }) => {
      const [before, ...both] = [aModel(1), aModel(2), aModel(3, { name: 'diamond-4c' })];
      await models.put([before], null, aBy());
      const { value } = await models.put(both, null, aBy());
      const [generation, position] = [await models.generation(), await journal.position()];
      assert.deepEqual((await models.put(both, null, aBy())).value, value);
      assert.deepEqual([await models.generation(), await journal.position()], [generation, position]);
      // The one before is still the one to go back to, and the bytes are there.
      assert.deepEqual(
        (await models.listPrevious()).map(({ name }) => name),
        ['gold-916'],
      );
      assert.deepEqual(
        Buffer.from((await models.read('gold-916'))?.bytes ?? []),
        Buffer.from(aModel(2).bytes),
      );
      // Bytes that serve, with another card (the market's factor, learned anew), are another model.
      await models.put([aModel(2, { details: { learnedFactor: 2 } })], null, aBy());
      assert.ok((await models.generation()) > generation);
    },
  },
  {
    name: 'the models of every series of the board are put in service at once, and put back at once',
    run: async ({ models }) => {
      const series = METALS.flatMap((metal) =>
        RATE_PURITIES[metal].map((purity) => seriesModelName(metal, purity)),
      );
      const names = [...series, 'diamond-4c' as const, 'diamond-measured' as const];
      const put = (version: string) =>
        models.put(
          names.map((name, fill) => aModel(fill, { name, version })),
          null,
          aBy(),
        );
      await put('a');
      assert.equal((await put('b')).value.length, names.length);
      await models.rollback(
        names.map((name) => ({ name, version: 'a' })),
        aBy(),
      );
      const served = (await models.list()).map(({ name, version }) => `${name} ${version}`);
      assert.deepEqual(served.sort(), names.map((name) => `${name} a`).sort());
    },
  },
  {
    name: 'the model that served is put back by a rollback, and once more undoes it',
    run: async ({ models, journal }) => {
      await models.put([aModel(1, { version: 'a' })], null, aBy());
      const back = (version: string) => models.rollback([{ name: 'gold-916', version }], aBy());
      await refused(back('a'), 'no_previous_model');
      assert.deepEqual(await models.listPrevious(), []);
      await models.put([aModel(2, { version: 'b' })], null, aBy());
      await models.put([aModel(3, { version: 'c' })], null, aBy());
      assert.deepEqual(
        (await models.listPrevious()).map(({ name, version }) => [name, version]),
        [['gold-916', 'b']],
      );
      const generation = await models.generation();
      const { value } = await back('b');
      assert.deepEqual([value[0]?.version, (await models.read('gold-916'))?.bytes[0]], ['b', 2]);
      assert.ok((await models.generation()) > generation);
      // Said twice, it is not undone.
      await refused(back('b'), 'stale_version');
      await back('c');
      assert.equal((await models.read('gold-916'))?.card.version, 'c');
      const entries = await journal.list({ subject: 'model:gold-916' }, 10);
      assert.deepEqual(
        entries.map(({ action, after }) => [action, after?.version]),
        [
          ['model.rolled_back', 'c'],
          ['model.rolled_back', 'b'],
          ['model.trained', 'c'],
          ['model.trained', 'b'],
          ['model.trained', 'a'],
        ],
      );
    },
  },
  {
    name: 'a rollback of several models is done whole or not at all',
    run: async ({ models }) => {
      const other = { name: 'diamond-4c' } as const;
      const both = [
        { name: 'gold-916', version: modelVersion(START) },
        { name: 'diamond-4c', version: 'a' },
      ] as const;
      await models.put([aModel(1), aModel(1, other)], null, aBy());
      await models.put([aModel(2)], null, aBy());
      await refused(models.rollback([...both], aBy()), 'no_previous_model');
      await models.put([aModel(2, other)], null, aBy());
      await refused(models.rollback([...both], aBy()), 'stale_version');
      assert.equal((await models.read('gold-916'))?.bytes[0], 2);
    },
  },
  {
    name: 'whoever lost the lease of its training puts nothing in service',
    run: async ({ models, jobs }) => {
      await jobs.request({ id: newId(), targets: ['gold'], reason: 'asked' }, aBy());
      const { value: job } = await jobs.claim(aBy());
      assert.ok(job);
      const stale = { jobId: job.id, fence: job.fence - 1 };
      await refused(models.put([aModel(1)], stale, aBy()), 'job_lost');
      const lease = { jobId: job.id, fence: job.fence };
      await models.put([aModel(1)], lease, aBy());
      await jobs.finish(lease, { state: 'done', outcome: {}, error: null }, aBy());
      await refused(models.put([aModel(2)], lease, aBy()), 'job_lost');
      assert.equal((await models.read('gold-916'))?.bytes[0], 1);
    },
  },
];
