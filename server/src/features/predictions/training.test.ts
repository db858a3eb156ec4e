// Training: asked for and counted, one at a time, never in the way of the models that serve.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pino from 'pino';
import { addRates, addStones } from '../../../test/price-history.ts';
import { openTestShop, type TestShop } from '../../../test/test-shop.ts';
import { refuse } from '../../domain/shop-error.ts';
import { LEASE_MS, type TrainingJob } from '../../domain/training-job.ts';
import { openSqliteStore } from '../../store/sqlite/sqlite-store.ts';
import { createPredictions } from './predictions.ts';
import { Trainer } from './trainer.ts';

/** A training thread of a test, as a program of its own. */
function threadOf(program: string): URL {
  return new URL(`data:text/javascript,${encodeURIComponent(program)}`);
}
const ENDLESS = threadOf(`import { parentPort } from 'node:worker_threads';
  parentPort.postMessage({ kind: 'progress', share: 0.25, step: 'never ends' });
  setInterval(() => {}, 1000);`);
const BUSY = threadOf('for (;;) Math.random();');
const QUICK = threadOf(`import { parentPort } from 'node:worker_threads';
  parentPort.postMessage({ kind: 'progress', share: 0.5, step: 'half' });`);
const DYING = threadOf('process.exit(9)');

const retrain = (shop: TestShop, body: unknown = {}) =>
  shop.send('POST', '/api/predictions/retrain', { body });

async function lastJob({ shop }: TestShop): Promise<TrainingJob> {
  const [job] = await shop.store.jobs.list(1);
  assert.ok(job);
  return job;
}

/** Waits for something that another thread does. */
async function until(reached: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await reached()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  assert.fail('waited in vain');
}

describe('training', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
    // Who waits for a training on a busy machine is not hung up on.
    shop.app.server.timeout = 60_000;
    await addRates(shop, 60);
    await addStones(shop, 60);
    await shop.predictions.trainer.idle();
  });
  after(() => shop.close());

  it('answers in the shape of the older service when the models are ready', async () => {
    // The rows that were imported asked for a training of their own, which nobody has run yet: this one takes it over.
    assert.deepEqual((await lastJob(shop)).targets, ['gold', 'diamond']);
    const { status, body } = await retrain(shop);
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal(body.message, 'Model retraining completed');
    for (const kind of ['gold', 'diamond']) {
      const { success, metrics } = body.data[`${kind}_model`];
      assert.deepEqual([success, metrics.success, metrics.model_name], [true, true, `${kind}_predictor`]);
      assert.deepEqual([metrics.data_points, metrics.metrics.data_points], [60, 60]);
      for (const name of ['r2_score', 'rmse', 'mae', 'mape'])
        assert.ok(Number.isFinite(metrics.metrics[name]));
      assert.match(metrics.version, /^\d{8}_\d{6}$/);
    }
    const names = (await shop.predictions.models.cards()).map(({ name }) => name);
    assert.deepEqual(names, ['diamond-4c', 'gold-916']);
    assert.ok(await shop.predictions.models.diamond4c());
    assert.equal((await shop.predictions.models.gold({ metal: 'gold', purity: '916' }))?.rates, 60);
    const { body: seen } = await shop.send('GET', '/api/predictions/status', { token: null });
    assert.equal(seen.data.gold_model.trained && seen.data.diamond_model.loaded, true);
    assert.equal(seen.data.gold_model.last_training.data_points, 60);
    assert.equal((await shop.send('GET', '/api/health', { token: null })).status, 200);
  });

  it('is watched by its id, and listed', async () => {
    const { id } = await lastJob(shop);
    const { body } = await shop.send('GET', `/api/predictions/jobs/${id}`);
    assert.deepEqual([body.data.state, body.data.progress, body.data.reason], ['done', 1, 'asked']);
    assert.deepEqual(body.data.outcome.gold, { success: true, models: ['gold-916'], error: null });
    assert.equal((await shop.send('GET', '/api/predictions/jobs')).body.data[0].id, id);
    for (const bad of [shop.shop.newId(), 'x']) {
      assert.equal((await shop.send('GET', `/api/predictions/jobs/${bad}`)).status, 404);
      assert.equal((await shop.send('POST', `/api/predictions/jobs/${bad}/cancel`)).status, 404);
    }
    const token = await shop.signIn('staff');
    assert.equal((await shop.send('POST', `/api/predictions/jobs/${id}/cancel`, { token })).status, 403);
  });

  it('is asked for by the 30th new rate, once, and then serves what it learned', async () => {
    // The version of a model is the second of its training.
    shop.clock.now += 1000;
    const answers: boolean[] = [];
    for (let n = 0; n < 31; n++) {
      const { body } = await shop.send('POST', '/api/prices/gold', {
        body: { price_per_gram: 6550 + n / 10 },
      });
      answers.push(body.retrain_triggered);
    }
    assert.deepEqual(
      answers.flatMap((triggered, index) => (triggered ? [index + 1] : [])),
      [30],
    );
    await until(async () => (await lastJob(shop)).state === 'done');
    assert.equal((await lastJob(shop)).reason, 'new_rows');
    const card = (await shop.predictions.models.cards()).find(({ name }) => name === 'gold-916');
    assert.ok((card?.dataPoints ?? 0) >= 90);
  });

  it('puts the model before it back, once however often that is sent, and back again', async () => {
    const [served] = (await shop.predictions.models.cards()).filter(({ name }) => name === 'gold-916');
    const { body: earlier } = await shop.send('GET', '/api/predictions/models/earlier');
    const { name, version, target, data_points: rows } = earlier.data[0];
    assert.deepEqual([earlier.count, name, target, rows], [1, 'gold-916', 'gold', 60]);
    const rollback = (to: string, token?: string) =>
      shop.send('POST', '/api/predictions/models/rollback', {
        body: { models: [{ name, version: to }] },
        ...(token ? { token } : {}),
      });
    const serving = async () => {
      const card = (await shop.predictions.models.cards()).find((one) => one.name === 'gold-916');
      return [card?.version, card?.dataPoints];
    };
    const staff = await shop.signIn('staff', ['prices.set']);
    assert.equal((await rollback(version, staff)).status, 403);
    const { body: put } = await rollback(version);
    assert.deepEqual([put.data[0].version, await serving()], [version, [version, 60]]);
    const again = await rollback(version);
    assert.deepEqual([again.status, again.body.error.type], [412, 'stale_version']);
    assert.deepEqual(await serving(), [version, 60]);
    await rollback(served?.version ?? '');
    assert.deepEqual(await serving(), [served?.version, served?.dataPoints]);
    for (const models of [[], [{ name: 'gold-916' }], 'all']) {
      const { status } = await shop.send('POST', '/api/predictions/models/rollback', { body: { models } });
      assert.equal(status, 400);
    }
    const unknown = { models: [{ name: 'gold-1', version }] };
    const { body } = await shop.send('POST', '/api/predictions/models/rollback', { body: unknown });
    assert.equal(body.error.type, 'no_previous_model');
  });

  it('begins at once also where it was asked for while somebody looked for the last time', async () => {
    const { store } = shop.shop;
    const looks: (() => void)[] = [];
    /** A store far away: what it answers was so when it was asked. */
    const open: typeof store.jobs.open = async () => {
      const jobs = await store.jobs.open();
      await new Promise<void>((resolve) => looks.push(resolve));
      return jobs;
    };
    const far = { ...shop.shop, store: { ...store, jobs: { ...store.jobs, open } } };
    const trainer = new Trainer(far, pino({ level: 'silent' }), { thread: DYING });
    const look = async () => {
      await until(async () => looks.length > 0);
      looks.shift()?.();
    };
    trainer.wake();
    await look();
    await until(async () => looks.length > 0);
    const { id } = await trainer.request(['gold'], 'asked', shop.by());
    for (let n = 0; n < 4; n++) await look();
    await until(async () => (await store.jobs.find(id))?.state === 'failed');
    await trainer.stop();
  });

  it('leaves to others what waits behind the job that a command waited for', async () => {
    const { jobs } = shop.shop.store;
    const brief = threadOf('setTimeout(() => {}, 300)');
    const trainer = new Trainer(shop.shop, pino({ level: 'silent' }), { thread: brief, untilDone: true });
    const own = await trainer.request(['gold'], 'asked', shop.by());
    await until(async () => (await jobs.find(own.id))?.state === 'running');
    const other = { id: shop.shop.newId(), targets: ['gold' as const], reason: 'asked' as const };
    await jobs.request(other, shop.by());
    await trainer.idle();
    assert.equal((await jobs.find(own.id))?.state, 'done');
    assert.equal((await jobs.find(other.id))?.state, 'waiting');
    await trainer.stop();
    await jobs.cancel(other.id, shop.by());
  });

  it('goes on with the older models when its thread dies, and says so', async () => {
    const broken = createPredictions(shop.shop, shop.app.log, { thread: DYING });
    const cards = await shop.predictions.models.cards();
    const job = await broken.trainer.request(['gold'], 'asked', shop.by());
    await broken.trainer.idle();
    const ended = await shop.shop.store.jobs.find(job.id);
    assert.equal(ended?.state, 'failed');
    assert.match(ended?.error ?? '', /ended with code 9/);
    assert.deepEqual(await shop.predictions.models.cards(), cards);
    const { body } = await shop.send('GET', `/api/predictions/jobs/${job.id}`);
    assert.match(body.data.error, /ended with code 9/);
    const shown = (await shop.send('GET', '/api/predictions/models', { token: null })).body.data;
    assert.deepEqual(
      shown.models.map(({ name }: { name: string }) => name),
      ['diamond-4c', 'gold-916'],
    );
    assert.equal(shown.training.state, 'idle');
    assert.match(shown.last_failure.errors[0], /ended with code 9/);
  });

  it('goes on where the store cannot be told for a moment how far it is', async () => {
    const { store } = shop.shop;
    let refused = 0;
    const advance = async () => {
      refused++;
      throw refuse('store_unavailable', { retryAfterSeconds: 1 });
    };
    const electing = { ...shop.shop, store: { ...store, jobs: { ...store.jobs, advance } } };
    const trainer = new Trainer(electing, shop.app.log, { thread: QUICK });
    const { id } = await trainer.request(['gold'], 'asked', shop.by());
    await trainer.idle();
    const ended = await store.jobs.find(id);
    assert.deepEqual([ended?.state, ended?.error, refused > 0], ['done', null, true]);
  });

  /** The store of this shop, whose door for models is shut for so many tries; `made`: what nobody knows was made. */
  function electing(shut: number, made: number) {
    const { store } = shop.shop;
    let tries = 0;
    const put: typeof store.models.put = async (...change) => {
      tries++;
      if (tries <= made) await store.models.put(...change);
      if (tries <= shut) throw refuse(tries <= made ? 'outcome_unknown' : 'store_unavailable');
      return store.models.put(...change);
    };
    return {
      shop: { ...shop.shop, store: { ...store, models: { ...store.models, put } } },
      tries: () => tries,
    };
  }

  it('does not lose what it trained to an election, and puts it in service once', async () => {
    const { models, jobs } = shop.shop.store;
    for (const made of [0, 1]) {
      const generation = await models.generation();
      const store = electing(1, made);
      shop.clock.now += 60_000;
      const trainer = new Trainer(store.shop, shop.app.log);
      const { id } = await trainer.request(['gold'], 'asked', shop.by());
      await trainer.idle();
      const ended = await jobs.find(id);
      assert.deepEqual([ended?.state, ended?.error, store.tries()], ['done', null, 2]);
      assert.equal(await models.generation(), generation + 1);
    }
  });

  it('says how it ended to a store that takes it only at the second try', async () => {
    const { store } = shop.shop;
    let refused = 0;
    const finish: typeof store.jobs.finish = async (...end) => {
      if (refused++ === 0) throw refuse('store_unavailable');
      return store.jobs.finish(...end);
    };
    const source = { ...shop.shop, store: { ...store, jobs: { ...store.jobs, finish } } };
    const trainer = new Trainer(source, shop.app.log, { thread: QUICK });
    const { id } = await trainer.request(['gold'], 'asked', shop.by());
    await trainer.idle();
    assert.deepEqual([(await store.jobs.find(id))?.state, refused], ['done', 2]);
  });

  it('has failed, and says so, where the store takes nothing for too long', async () => {
    const { models, jobs } = shop.shop.store;
    const generation = await models.generation();
    const store = electing(Number.POSITIVE_INFINITY, 0);
    const trainer = new Trainer(store.shop, shop.app.log, { storeWithinMs: 800 });
    const { id } = await trainer.request(['gold'], 'asked', shop.by());
    await trainer.idle();
    const ended = await jobs.find(id);
    assert.deepEqual([ended?.state, store.tries() > 1], ['failed', true]);
    assert.match(ended?.error ?? '', /could not be stored: the store took nothing for too long/);
    assert.equal(await models.generation(), generation);
  });

  it('stops when it is cancelled, running or waiting', async () => {
    const slow = createPredictions(shop.shop, shop.app.log, { thread: ENDLESS });
    const running = await slow.trainer.request(['gold'], 'asked', shop.by());
    await until(async () => (await shop.shop.store.jobs.find(running.id))?.step === 'never ends');
    const waiting = await slow.trainer.request(['diamond'], 'asked', shop.by());
    assert.notEqual(waiting.id, running.id);
    for (const { id } of [waiting, running]) await shop.send('POST', `/api/predictions/jobs/${id}/cancel`);
    await slow.trainer.idle();
    for (const { id } of [running, waiting]) {
      assert.equal((await shop.shop.store.jobs.find(id))?.state, 'cancelled');
    }
    await slow.trainer.stop();
  });

  it('waits behind one of another process, and learns from all rows once that one is gone', async () => {
    const store = await openSqliteStore({
      dataDir: shop.dataDir,
      now: shop.clock.now,
      onDeath: (error) => {
        throw error;
      },
    });
    const { value: first } = await store.jobs.request(
      { id: shop.shop.newId(), targets: ['gold'], reason: 'asked' },
      shop.by(),
    );
    assert.equal((await store.jobs.claim(shop.by())).value?.id, first.id);
    const asked = retrain(shop, { model: 'gold' });
    await until(async () => (await store.jobs.open()).length === 2);
    // The other process is gone without a word: its lease runs out by the store's clock.
    shop.clock.now += LEASE_MS;
    const { status, body } = await asked;
    assert.deepEqual([status, body.data?.gold_model.success], [200, true]);
    assert.equal((await store.jobs.find(first.id))?.state, 'failed');
    await store.close();
  });
});

describe('training that takes long', () => {
  it('is answered with 202 and the models that serve meanwhile', async () => {
    const shop = await openTestShop({}, undefined, { thread: BUSY, patienceMs: 300 });
    await addRates(shop, 40);
    const { status, body } = await retrain(shop, { model_type: 'gold' });
    assert.equal(status, 202);
    assert.deepEqual(body.data, { gold_model: { success: true, pending: true } });
    const { body: job } = await shop.send('GET', `/api/predictions/jobs/${body.job_id}`);
    assert.equal(job.data.state, 'running');
    // The thread takes all the time of a processor that it can get, and the shop goes on.
    for (const path of ['/api/products', '/api/predictions/models', '/api/health/ready']) {
      assert.equal((await shop.send('GET', path, { token: null })).status, 200, path);
    }
    await shop.send('POST', `/api/predictions/jobs/${body.job_id}/cancel`);
    await shop.predictions.trainer.idle();
    assert.equal((await shop.shop.store.jobs.find(body.job_id))?.state, 'cancelled');
    await shop.close();
  });
});
