// Live events through the real program: across processes on one folder, and across its end.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { listen } from './event-stream.ts';
import { type RunningServer, startServer, temporaryFolder } from './running-server.ts';

const admin = { username: 'owner', password: 'correct horse battery' };

describe('live events of a running shop', () => {
  const folder = temporaryFolder();
  let first: RunningServer;
  let second: RunningServer;
  before(async () => {
    const environment = {
      ADMIN_USERNAME: admin.username,
      ADMIN_PASSWORD: admin.password,
      ADMIN_EMAIL: 'owner@example.com',
    };
    first = await startServer(folder.path, environment);
    second = await startServer(folder.path, environment);
  });
  after(async () => {
    await second.stop();
    folder.remove();
  });

  const post = async (server: RunningServer, path: string, body: object, token = ''): Promise<string> => {
    const response = await fetch(server.origin + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    assert.ok(response.ok, `${path}: ${response.status}`);
    const answer = (await response.json()) as { data: { id?: string; access_token?: string } };
    return answer.data.access_token ?? answer.data.id ?? '';
  };

  it('tell what another process wrote, end with the server at once, and go on at another', async () => {
    const token = await post(first, '/api/auth/login', admin);
    const stream = await listen(`${first.origin}/api/events`, token);
    const phones = ['9000000001', '9000000002', '9000000003', '9000000004'];
    const [a, b, c, d] = phones.map((phone) => ({ name: 'Asha', phone }));
    await post(second, '/api/customers', a ?? {}, token);
    await post(first, '/api/customers', b ?? {}, token);
    const [one, two] = await stream.first(2);
    assert.equal(Number(two?.id), Number(one?.id) + 1);

    const { code, ms } = await first.stop();
    assert.equal(code, 0, first.output());
    assert.ok(ms < 5_000, `the server took ${ms} ms to stop`);
    await stream.ended;
    const retry = Number(stream.messages.at(-1)?.retry);
    assert.ok(retry >= 1_000 && retry <= 5_000, String(retry));

    await post(second, '/api/customers', c ?? {}, token);
    const again = await listen(`${second.origin}/api/events`, token, { 'last-event-id': two?.id ?? '' });
    await post(second, '/api/customers', d ?? {}, token);
    const told = await again.first(2);
    assert.deepEqual(
      told.map(({ id }) => Number(id)),
      [Number(two?.id) + 1, Number(two?.id) + 2],
    );
    again.hangUp();
  });
});
