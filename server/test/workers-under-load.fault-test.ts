// What clients see while workers fall, are replaced and stop: the client's own notes are the measure, never the server's.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from './caller.ts';
import { type CrewedServer, callersOfEach, isAlive, startCrew, until } from './crew.ts';
import { listen } from './event-stream.ts';
import { amountsOf, PAUSE_MS, Posters } from './posters.ts';
import { temporaryFolder } from './running-server.ts';

/** Readers over kept and over new connections, until they are told to end: how many were answered, and what failed. */
async function read(server: CrewedServer, isOver: () => boolean): Promise<{ ok: number; failed: string[] }> {
  const told = { ok: 0, failed: [] as string[] };
  const client = async (keep: boolean): Promise<void> => {
    let caller = new Caller(server.origin);
    while (!isOver()) {
      await caller.ask('GET', '/api/products').then(
        ({ status }) => (status === 200 ? told.ok++ : told.failed.push(String(status))),
        (error: NodeJS.ErrnoException) => told.failed.push(error.code ?? error.message),
      );
      await sleep(PAUSE_MS);
      if (keep) continue;
      caller.hangUp();
      caller = new Caller(server.origin);
    }
    caller.hangUp();
  };
  await Promise.all([true, true, false, false].map(client));
  return told;
}

describe('workers under load', () => {
  const folder = temporaryFolder();
  let server: CrewedServer;
  before(async () => {
    server = await startCrew(join(folder.path, 'data'), {}, folder.path);
  });
  after(async () => {
    server.child.kill('SIGKILL');
    await until(() => [...server.pids().values()].every((pid) => !isAlive(pid)));
    folder.remove();
  });

  let phones = 9_100_000_000;
  const addCustomer = async (): Promise<string> => {
    const body = { name: 'Asha', phone: String(phones++) };
    const answer = await new Caller(server.origin).ask('POST', '/api/customers', {
      token: server.token,
      body,
    });
    return answer.body.data.id;
  };
  it('that are killed one after another lose nothing that was acknowledged', async () => {
    const customer = await addCustomer();
    const posters = new Posters(server, customer);
    for (let kill = 0; kill < 4; kill++) {
      const enough = posters.acknowledged.length + 250;
      await until(() => posters.acknowledged.length >= enough);
      const seat = 1 + (kill % 2);
      const pid = server.pids().get(seat) as number;
      process.kill(pid, 'SIGKILL');
      await until(() => server.pids().get(seat) !== pid);
    }
    await posters.end();
    assert.deepEqual(posters.lost, [], 'one retry was enough for each');
    assert.ok(posters.broken > 0, 'the kills were felt');
    assert.ok(posters.broken <= posters.asked / 100, `${posters.broken} of ${posters.asked}`);
    const stored = (await amountsOf(server, customer)).sort((a, b) => a - b);
    assert.deepEqual(
      stored,
      posters.acknowledged.sort((a, b) => a - b),
    );
  });

  it('answer a retry with what the killed worker had been asked to do', async () => {
    const customer = await addCustomer();
    const [one, two] = await callersOfEach(server);
    const key = { 'idempotency-key': 'in-flight' };
    const body = { customer_id: customer, transaction_type: 'debit', amount: 77 };
    const post = (caller: Caller) =>
      caller.ask('POST', '/api/khata/transactions', { token: server.token, body, headers: key });
    // The primary stands still: the change is on its way to it when its worker falls.
    process.kill(server.child.pid as number, 'SIGSTOP');
    const broken = assert.rejects(post(one));
    await sleep(200);
    process.kill(server.pids().get(1) as number, 'SIGKILL');
    await broken;
    process.kill(server.child.pid as number, 'SIGCONT');
    const [answer, again] = [await post(two), await post(new Caller(server.origin))];
    assert.deepEqual([answer.status, again.status], [201, 201]);
    assert.deepEqual(answer.body, again.body);
    assert.deepEqual(await amountsOf(server, customer), [77]);
  });

  it('are replaced at SIGHUP without a reader refused, and their event streams end with a pause of their own', async () => {
    const before = server.pids();
    const streams = await Promise.all([0, 1].map(() => listen(`${server.origin}/api/events`, server.token)));
    let isOver = false;
    const customer = await addCustomer();
    const posters = new Posters(server, customer);
    const readers = read(server, () => isOver);
    server.child.kill('SIGHUP');
    await Promise.all(streams.map(({ ended }) => ended));
    await until(() => server.lines().some(({ msg }) => msg === 'the roll has ended'));
    await posters.end();
    isOver = true;
    const { ok, failed } = await readers;
    assert.deepEqual(failed, []);
    assert.ok(ok > 100, String(ok));
    assert.deepEqual([posters.lost, posters.broken], [[], 0]);
    const after = server.pids();
    for (const seat of [1, 2]) {
      assert.notEqual(after.get(seat), before.get(seat));
      assert.ok(!isAlive(before.get(seat) as number));
    }
    for (const { messages } of streams) {
      const retry = Number(messages.at(-1)?.retry);
      assert.ok(retry >= 1_000 && retry <= 5_000, String(retry));
    }
  });

  it('stay where new ones cannot start, and are replaced once they can', async () => {
    const before = server.pids();
    const env = join(folder.path, '.env');
    writeFileSync(env, 'SIGNUP=perhaps\n');
    server.child.kill('SIGHUP');
    await until(() =>
      server.lines().some(({ msg }) => String(msg).startsWith('a new worker could not start')),
    );
    assert.match(server.output(), /SIGNUP is "perhaps"/);
    assert.deepEqual(server.pids(), before);
    assert.equal((await new Caller(server.origin).ask('GET', '/api/health/ready')).status, 200);
    // One that falls now cannot be replaced either, until the setting is put right.
    process.kill(before.get(2) as number, 'SIGKILL');
    const falls = () =>
      server.lines().filter(({ msg, code }) => msg === 'a worker ended' && code === 78).length;
    const some = falls() + 2;
    await until(() => falls() >= some);
    assert.equal((await new Caller(server.origin).ask('GET', '/api/health/ready')).status, 200);
    writeFileSync(env, '');
    await until(() => server.pids().get(2) !== before.get(2));
  });

  it('finish what is in flight at SIGTERM, answer kept connections with their last, and leave no process', async () => {
    const customer = await addCustomer();
    const callers = Array.from({ length: 20 }, () => new Caller(server.origin));
    await Promise.all(callers.map((caller) => caller.ask('GET', '/api/health/live')));
    const pids = [...server.pids().values()];
    const posted = callers.map((caller, n) =>
      caller.ask('POST', '/api/khata/transactions', {
        token: server.token,
        body: { customer_id: customer, transaction_type: 'debit', amount: n + 1 },
      }),
    );
    const stopped = server.stop();
    const answers = await Promise.all(posted);
    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([201]));
    const { code, ms } = await stopped;
    assert.equal(code, 0, server.output());
    assert.ok(ms < 10_000, `${ms} ms`);
    assert.deepEqual(pids.filter(isAlive), []);
    server = await startCrew(join(folder.path, 'data'), {}, folder.path);
    assert.equal((await amountsOf(server, customer)).length, 20);
  });

  it('do not outlive the primary, also when nobody reads their log any more', async () => {
    const pids = [...server.pids().values()];
    assert.ok(pids.length === 2 && pids.every(isAlive));
    server.child.stdout?.destroy();
    // A refusal is a line of the log, which waits for others when the end comes.
    await Promise.all(server.callers.map((caller) => caller.ask('GET', '/api/nothing')));
    server.child.kill('SIGKILL');
    await until(() => !pids.some(isAlive));
  });
});
