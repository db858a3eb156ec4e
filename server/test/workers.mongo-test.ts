// Two workers of one machine on a replica set: what one wrote the other knows, and nothing that was acknowledged is lost
// while one is killed and while all are replaced.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Caller } from './caller.ts';
import { type CrewedServer, isAlive, startCrew, until } from './crew.ts';
import { dropTestDatabase, newDatabaseUri } from './mongo-database.ts';
import { amountsOf, Posters } from './posters.ts';
import { temporaryFolder } from './running-server.ts';

const ROUNDS = 10;
/** Acknowledged before and after each blow. */
const ENOUGH = 40;

describe('two workers on MongoDB', () => {
  const folder = temporaryFolder();
  const uri = newDatabaseUri();
  let server: CrewedServer;
  let one: Caller;
  let two: Caller;
  before(async () => {
    const settings = { MONGODB_URI: uri, JWT_SECRET_KEY: 'b7c4a1f09e2d4c6fa3518d7be0692f41' };
    server = await startCrew(folder.path, settings);
    [one, two] = server.callers;
  });
  after(async () => {
    server.child.kill('SIGKILL');
    await until(() => [...server.pids().values()].every((pid) => !isAlive(pid)));
    await dropTestDatabase(uri);
    folder.remove();
  });

  const add = async (path: string, body: object): Promise<string> => {
    const answer = await one.ask('POST', path, { token: server.token, body });
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    return answer.body.data.id;
  };
  let phones = 9_300_000_000;
  const addCustomer = () => add('/api/customers', { name: 'Asha', phone: String(phones++) });

  it('sell with one and see it with the other, at once, signed in with either', async () => {
    const customer = await addCustomer();
    const ring = { name: 'Ring', category: 'Ring', base_price: 1000, weight: 5, stock_quantity: ROUNDS };
    const piece = await add('/api/products', { ...ring, status: 'published' });
    const token = await server.signIn(two);
    for (let round = 1; round <= ROUNDS; round++) {
      const line = { product_id: piece, quantity: 1, price_at_sale: 1000 };
      const sale = await add('/api/sales', { customer_id: customer, products: [line] });
      const { body } = await two.ask('GET', '/api/sales', { token });
      assert.deepEqual([body.data[0].id, body.pagination.total], [sale, round]);
      const shown = await two.ask('GET', `/api/products/${piece}`, { token });
      assert.equal(shown.body.data.stock_quantity, ROUNDS - round);
    }
    await one.ask('POST', '/api/auth/logout', { token });
    assert.equal((await two.ask('GET', '/api/auth/me', { token })).status, 401);
  });

  it('lose nothing while they are replaced at SIGHUP, and while one is killed', async () => {
    const customer = await addCustomer();
    const posters = new Posters(server, customer);
    const more = async (): Promise<void> => {
      const enough = posters.acknowledged.length + ENOUGH;
      await until(() => posters.acknowledged.length >= enough);
    };
    await more();
    const before = server.pids();
    server.child.kill('SIGHUP');
    await until(() => server.lines().some(({ msg }) => msg === 'the roll has ended'));
    await more();
    assert.equal(posters.broken, 0, 'a caller felt the roll');
    const rolled = server.pids();
    for (const seat of [1, 2]) assert.notEqual(rolled.get(seat), before.get(seat));
    process.kill(rolled.get(2) as number, 'SIGKILL');
    await until(() => server.pids().get(2) !== rolled.get(2));
    await more();
    await posters.end();
    assert.deepEqual(posters.lost, [], 'one retry was enough for each');
    const inOrder = (amounts: number[]) => amounts.toSorted((a, b) => a - b);
    assert.deepEqual(inOrder(await amountsOf(server, customer)), inOrder(posters.acknowledged));
  });

  it('stop when they are told to, with nothing in flight lost', async () => {
    const pids = [...server.pids().values()];
    const { code } = await server.stop();
    assert.equal(code, 0, server.output());
    assert.deepEqual(pids.filter(isAlive), []);
  });
});
