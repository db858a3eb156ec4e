import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import type { Store } from '../store/store.ts';
import { waitForPosition } from './wait-for-position.ts';

it('a store that takes its time to say where it is makes nobody wait for longer', async () => {
  let asked = 0;
  const position = async () => {
    asked++;
    await sleep(100);
    return 0;
  };
  const app = fastify();
  waitForPosition(app, { journal: { position } } as unknown as Store);
  app.get('/', () => 'there');
  const answer = await app.inject({ url: '/', headers: { 'x-journal-at-least': '1' } });
  assert.notEqual(answer.statusCode, 200);
  assert.ok(asked < 30, `asked ${asked} times, a tenth of a second each`);
  assert.equal((await app.inject({ url: '/', headers: { 'x-journal-at-least': '0' } })).body, 'there');
  await app.close();
});
