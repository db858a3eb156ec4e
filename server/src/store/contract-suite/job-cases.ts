import assert from 'node:assert/strict';
import type { ModelName, NewModel } from '../../domain/trained-model.ts';
import { LEASE_MS, type Lease, type TrainingJob, type TrainingTarget } from '../../domain/training-job.ts';
import type { Store } from '../store.ts';
import { aBy, aDiamondPrice, aGoldRate, DAY, newId, START } from './builders.ts';
import { type ContractCase, present, refused } from './contract-case.ts';

async function requested({ jobs }: Store, ...targets: TrainingTarget[]): Promise<TrainingJob> {
  return (await jobs.request({ id: newId(), targets, reason: 'new_rows' }, aBy())).value;
}

async function claimed({ jobs }: Store, at = START): Promise<TrainingJob & { lease: Lease }> {
  const { value: job } = await jobs.claim(aBy({ at }));
  assert.ok(job, 'expected a job to claim');
  return { ...job, lease: { jobId: job.id, fence: job.fence } };
}

const DONE = { state: 'done', outcome: {}, error: null } as const;

export const jobCases: ContractCase[] = [
  {
    name: 'a training is asked for, claimed, advanced and finished, and leaves no journal entry',
    run: async (store) => {
      const { jobs, journal } = store;
      const before = await journal.position();
      const { id } = await requested(store, 'gold');
      const waiting = await present(jobs.find(id));
      assert.deepEqual([waiting.state, waiting.progress, waiting.fence], ['waiting', 0, 0]);
      const { lease, state, leaseUntil } = await claimed(store);
      assert.deepEqual([state, leaseUntil], ['running', START + LEASE_MS]);
      await jobs.advance(lease, 0.25, 'learning', aBy({ at: START + 1000 }));
      const running = (await jobs.open())[0];
      assert.deepEqual(
        [running?.id, running?.progress, running?.step, running?.leaseUntil],
        [id, 0.25, 'learning', START + 1000 + LEASE_MS],
      );
      const outcome = { gold: { ok: true, models: ['gold-916'], error: null, insufficient: false } };
      await jobs.finish(lease, { state: 'done', outcome, error: null }, aBy({ at: START + 2000 }));
      const ended = await present(jobs.find(id));
      assert.deepEqual([ended.state, ended.endedAt, ended.progress], ['done', START + 2000, 1]);
      assert.deepEqual(ended.outcome, outcome);
      assert.deepEqual(await jobs.open(), []);
      assert.equal(await journal.position(), before);
    },
  },
  {
    name: 'of many that claim at once exactly one gets the job, and the next only after it ended',
    run: async (store) => {
      const { jobs } = store;
      await requested(store, 'gold');
      const claims = await Promise.all([1, 2, 3, 4].map(() => jobs.claim(aBy({ at: START }))));
      const got = claims.flatMap(({ value }) => value ?? []);
      assert.equal(got.length, 1);
      const [{ id, fence }] = got as [TrainingJob];
      const next = await requested(store, 'diamond');
      assert.equal((await jobs.claim(aBy({ at: START + 1 }))).value, null);
      assert.deepEqual(
        (await jobs.open()).map((job) => job.state),
        ['running', 'waiting'],
      );
      await jobs.finish({ jobId: id, fence }, DONE, aBy());
      const second = await claimed(store);
      assert.equal(second.id, next.id);
      assert.ok(second.fence > fence);
    },
  },
  {
    name: 'one that waits takes further wishes over, and what was asked for by a person stays so',
    run: async (store) => {
      const { jobs } = store;
      const first = await requested(store, 'diamond');
      const asked = await jobs.request({ id: newId(), targets: ['gold'], reason: 'asked' }, aBy());
      assert.deepEqual(
        [asked.value.id, asked.value.targets, asked.value.reason],
        [first.id, ['gold', 'diamond'], 'asked'],
      );
      assert.equal((await requested(store, 'gold')).reason, 'asked');
      assert.equal((await jobs.list(10)).length, 1);
    },
  },
  {
    name: 'a lease that ran out loses its job: the next one is claimed and the late owner is refused',
    run: async (store) => {
      const { jobs } = store;
      await requested(store, 'gold');
      const lost = await claimed(store);
      await requested(store, 'gold');
      assert.equal((await jobs.claim(aBy({ at: START + LEASE_MS - 1 }))).value, null);
      const next = await claimed(store, START + LEASE_MS);
      assert.notEqual(next.id, lost.id);
      const { state, error, endedAt } = await present(jobs.find(lost.id));
      assert.deepEqual([state, endedAt], ['failed', START + LEASE_MS]);
      assert.match(error ?? '', /ended/);
      await refused(jobs.advance(lost.lease, 0.5, 'late', aBy()), 'job_lost');
      await refused(jobs.finish(lost.lease, DONE, aBy()), 'job_lost');
      assert.equal((await present(jobs.find(next.id))).state, 'running');
    },
  },
  {
    name: 'a waiting job is cancelled at once, a running one is asked to stop, an ended one stays as it is',
    run: async (store) => {
      const { jobs } = store;
      await refused(jobs.cancel(newId(), aBy()), 'job_not_found');
      const waiting = await requested(store, 'gold');
      assert.equal((await jobs.cancel(waiting.id, aBy())).value.state, 'cancelled');
      await requested(store, 'gold');
      const { id, lease } = await claimed(store);
      const { value } = await jobs.cancel(id, aBy());
      assert.deepEqual([value.state, value.cancelRequested], ['running', true]);
      assert.equal((await jobs.advance(lease, 0.5, 'x', aBy())).value.cancelRequested, true);
      await jobs.finish(lease, { ...DONE, state: 'cancelled' }, aBy());
      assert.equal((await jobs.cancel(id, aBy())).value.state, 'cancelled');
      assert.deepEqual(
        (await jobs.list(1)).map((job) => job.id),
        [id],
      );
    },
  },
  {
    name: 'the 30th new rate of a series asks for a training, once; held ones do not count',
    run: async ({ prices, jobs, models }) => {
      const record = async (index: number, paisePerGram = 700_000) =>
        (await prices.record(aGoldRate(paisePerGram, START + index * DAY), aBy({ at: START + index * DAY })))
          .value;
      const triggered: number[] = [];
      for (let n = 1; n <= 31; n++) if ((await record(n)).retrainTriggered) triggered.push(n);
      assert.deepEqual(triggered, [30]);
      const { value: job } = await jobs.claim(aBy());
      assert.deepEqual([job?.targets, job?.reason], [['gold'], 'new_rows']);
      assert.ok(job);
      // A training that failed is asked for again with the next rate.
      const lease = { jobId: job.id, fence: job.fence };
      await jobs.finish(lease, { ...DONE, state: 'failed' }, aBy());
      const again = await record(32);
      assert.equal(again.retrainTriggered, true);
      const next = await jobs.claim(aBy());
      const { jobId, fence } = { jobId: next.value?.id ?? '', fence: next.value?.fence ?? 0 };
      const { position } = await prices.record(
        aGoldRate(701_000, START + 33 * DAY),
        aBy({ at: START + 33 * DAY }),
      );
      await models.put([aModelOf('gold-916', position)], { jobId, fence }, aBy());
      await jobs.finish({ jobId, fence }, DONE, aBy());
      assert.equal((await record(34)).retrainTriggered, false);
      const held = await record(35, 770_000);
      assert.deepEqual([held.price.held, held.retrainTriggered], [true, false]);
    },
  },
  {
    name: 'stones ask for a training from the 50th on, and an import asks like any other recording',
    run: async ({ prices, jobs }) => {
      for (let n = 1; n <= 50; n++) {
        const { value } = await prices.recordDiamond(aDiamondPrice({ milliCarat: 300 + n }), aBy());
        assert.equal(value.retrainTriggered, n === 50, `${n}`);
      }
      assert.deepEqual((await jobs.open())[0]?.targets, ['diamond']);
      const rows = Array.from({ length: 30 }, (_row, n) => {
        const { metal: _, confirm: __, ...row } = aGoldRate(700_000 + n, START - n * DAY, { purity: '750' });
        return row;
      });
      await prices.import('gold', rows, { name: 'x.csv', sha256: 'ab'.repeat(32) }, aBy());
      assert.deepEqual((await jobs.open())[0]?.targets, ['gold', 'diamond']);
    },
  },
];

function aModelOf(name: ModelName, seenPosition: number): NewModel {
  const card = {
    version: 'x',
    trainedAt: START,
    dataPoints: 33,
    basis: 'shop',
    metrics: {},
    details: {},
  } as const;
  return { card: { ...card, name, seenPosition }, bytes: new Uint8Array(8) };
}
