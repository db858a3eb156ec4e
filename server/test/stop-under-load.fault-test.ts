// A stop of the real program while sixteen clients write: what was acknowledged is there after the next start.

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caller } from './caller.ts';
import { type RunningServer, startServer, temporaryFolder } from './running-server.ts';

const OWNER = {
  ADMIN_USERNAME: 'owner',
  ADMIN_EMAIL: 'owner@example.com',
  ADMIN_PASSWORD: 'a pass word',
};
const CLIENTS = 16;
const PAGE = 100;

/** Adds customers until the connection is refused. Answers the phones of those that were acknowledged. */
async function addUntilStopped({ origin }: RunningServer, token: string): Promise<string[]> {
  const acknowledged: string[] = [];
  let next = 9_000_000_000;
  const client = async (): Promise<void> => {
    const caller = new Caller(origin);
    for (;;) {
      const phone = String(next++);
      const body = { name: `C ${phone}`, phone };
      const answer = await caller.ask('POST', '/api/customers', { token, body }).catch(() => null);
      if (answer === null) return;
      assert.equal(answer.status, 201);
      acknowledged.push(phone);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  return acknowledged;
}

/** The phones of all customers, page by page. */
async function storedPhones({ origin }: RunningServer, token: string): Promise<Set<string>> {
  const caller = new Caller(origin);
  const phones = new Set<string>();
  for (let page = 1; ; page++) {
    const { body } = await caller.ask('GET', `/api/customers?limit=${PAGE}&page=${page}`, { token });
    for (const { phone } of body.data) phones.add(phone);
    if (page >= body.pagination.total_pages) break;
  }
  caller.hangUp();
  return phones;
}

describe('a stop under load', () => {
  const folder = temporaryFolder();
  after(() => folder.remove());

  it('loses no acknowledged write', async () => {
    const server = await startServer(folder.path, OWNER);
    const { body } = await new Caller(server.origin).ask('POST', '/api/auth/login', {
      body: { username: OWNER.ADMIN_USERNAME, password: OWNER.ADMIN_PASSWORD },
    });
    const token: string = body.access_token;
    const writing = addUntilStopped(server, token);
    await sleep(500);
    const { code } = await server.stop();
    const acknowledged = await writing;
    assert.equal(code, 0);
    assert.ok(acknowledged.length > 10, `${acknowledged.length} writes`);
    const again = await startServer(folder.path);
    const stored = await storedPhones(again, token);
    await again.stop();
    assert.deepEqual(
      acknowledged.filter((phone) => !stored.has(phone)),
      [],
    );
  });
});
