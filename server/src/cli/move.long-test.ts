// A shop that moves while people sell: what was answered is at the new place, and nothing is taken at both.

import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { runSwati } from '../../test/kill-anywhere.ts';
import { startServer } from '../../test/running-server.ts';
import { newTestFolder } from '../../test/test-database.ts';
import { readConfig } from '../config.ts';
import { openShop } from '../serving/open-shop.ts';
import { prepareShop } from '../serving/running-server.ts';
import { summarise } from '../store/archive/archive-page.ts';
import type { ArchivePage } from '../store/backup-store.ts';
import { openSqliteLanding } from '../store/sqlite/archive/landing.ts';

const OWNER = { ADMIN_USERNAME: 'owner', ADMIN_EMAIL: 'o@example.com', ADMIN_PASSWORD: 'a pass word' };

describe('swati move', () => {
  let root: string;
  let shop: string;
  let made = 0;
  const fresh = (): string => join(root, `place-${++made}`);
  const copyOfShop = (): string => {
    const folder = fresh();
    cpSync(shop, folder, { recursive: true });
    return folder;
  };
  before(async () => {
    root = newTestFolder();
    shop = join(root, 'shop');
    assert.equal((await runSwati(shop, 'seed')).code, 0);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('takes every answered change along, while the shop serves, and closes the old place', async () => {
    const from = copyOfShop();
    const to = fresh();
    const server = await startServer(from, OWNER);
    try {
      const send = await signedIn(server.origin);
      const name = 'sqlite:'.concat(to);
      let answered = 0;
      let refusal: { status: number; text: string } | null = null;
      const selling = (async () => {
        for (let n = 0; refusal === null; n++) {
          const phone = `98200${String(n).padStart(5, '0')}`;
          const answer = await send('POST', '/api/customers', { name: `Asha ${n}`, phone });
          if (answer.status === 201) answered++;
          else refusal = answer;
        }
      })();
      const moved = await runSwati(from, 'move', '--to', name);
      assert.equal(moved.code, 0, moved.err);
      await selling;
      const { status, text } = refusal ?? { status: 0, text: '' };
      assert.equal(status, 503);
      assert.match(text, /"type":"shop_moved"/);
      assert.ok(text.includes(`The shop has moved to ${name}`), text);
      assert.equal((await send('GET', '/api/customers')).status, 200);
      const there = await rowsOf(to);
      assert.equal(there.customers, 12 + answered);
      assert.ok(answered > 0);
      assert.equal(there.sessions, 0);
    } finally {
      await server.stop();
    }
    assert.equal((await runSwati(to, 'verify')).code, 0);
    assert.match((await runSwati(from, 'status')).out, /attention {2}the shop has moved to sqlite:/);
    // What the program itself does with such a refusal, start-stop.long-test.ts shows.
    const config = readConfig({ DATA_DIR: from });
    const left = await openShop(config, assert.fail);
    await assert.rejects(prepareShop(left, config), {
      name: 'StoreRefused',
      message: /the shop has moved to .*: start it there/,
    });
    await left.store.close();
  });

  it('has an equal digest on both sides, and is done once', async () => {
    const from = copyOfShop();
    const to = fresh();
    const moved = await runSwati(from, 'move', '--to', `sqlite:${to}`);
    const digest = /digest {5}([0-9a-f]{64})/.exec(moved.out)?.[1] ?? '';
    for (const place of [from, to]) {
      const folder = fresh();
      await runSwati(place, 'backup', '--to', folder);
      const [archive = ''] = readdirSync(folder).filter((name) => name.endsWith('.backup'));
      // The place that was left takes no entry that a backup was made: its archive is what was moved.
      assert.equal((await runSwati(shop, 'verify', join(folder, archive))).out.includes(digest), true);
    }
    // Sign-in codes are sealed with the key.
    assert.equal(
      readFileSync(join(to, 'secrets.json'), 'utf8'),
      readFileSync(join(from, 'secrets.json'), 'utf8'),
    );
    const again = await runSwati(from, 'move', '--to', `sqlite:${to}`);
    assert.equal(again.code, 0, again.err);
    assert.match(again.out, /has moved to .* already: nothing is left to do/);
    assert.match((await runSwati(from, 'move', '--to', `sqlite:${fresh()}`)).err, /move it on from there/);
    assert.equal((await runSwati(from, 'seed')).code, 1);

    const undone = await runSwati(from, 'move', '--undo');
    assert.equal(undone.code, 0, undone.err);
    assert.match(undone.out, /is not here: stop the shop there/);
    assert.equal((await runSwati(from, 'move', '--undo')).code, 1);
  });

  it('says of another key in the new folder that it opens no sign-in codes, and leaves it there', async () => {
    const to = fresh();
    mkdirSync(to);
    const other = `{"jwtSecretKey":"${'k'.repeat(43)}"}`;
    writeFileSync(join(to, 'secrets.json'), other);
    const moved = await runSwati(copyOfShop(), 'move', '--to', `sqlite:${to}`);
    assert.equal(moved.code, 0);
    assert.match(moved.err, /^warning {4}the secrets\.json that was in the new folder holds another key/);
    assert.equal(readFileSync(join(to, 'secrets.json'), 'utf8'), other);
  });

  it('touches nothing where the new place cannot take it', async () => {
    const taken = copyOfShop();
    const blocked = fresh();
    writeFileSync(blocked, '');
    const other = fresh();
    mkdirSync(other);
    writeFileSync(join(other, 'arriving'), 'sqlite:/another/shop\n');
    for (const [words, code, error] of [
      [['--to', `sqlite:${taken}`], 78, /there is a shop in .* already: name an empty folder/],
      [['--to', `sqlite:${shop}`], 64, /is in sqlite:.* already/],
      [['--to', `sqlite:${other}`], 78, /another shop is moving into .*, from sqlite:\/another\/shop/],
      [
        ['--to', `sqlite:${join(blocked, 'below')}`],
        1,
        /below: a part of this path is a file and no folder; name another place$/,
      ],
      [['--to', taken], 64, /say where to/],
      [[], 64, /say where to/],
      [['--undo'], 1, /never left/],
      [['--undo', '--to', `sqlite:${taken}`], 64, /it goes with no --to/],
    ] as const) {
      const refused = await runSwati(shop, 'move', ...words);
      assert.deepEqual([refused.code, error.test(refused.err)], [code, true], refused.err);
    }
    const status = JSON.parse((await runSwati(shop, 'status', '--json')).out) as { moved_to: string | null };
    assert.equal(status.moved_to, null);
  });

  it('opens no shop where one has not fully arrived', async () => {
    const to = fresh();
    const landing = openSqliteLanding(to, `sqlite:${shop}`, Date.now());
    await landing.close();
    for (const word of ['verify', 'init-db']) {
      const refused = await runSwati(to, word);
      assert.equal(refused.code, 78);
      assert.match(refused.err, /has not finished: run the same swati move again/);
    }
    const moved = await runSwati(copyOfShop(), 'move', '--to', `sqlite:${to}`);
    assert.equal(moved.code, 78, 'another shop');
    assert.ok(existsSync(join(to, 'arriving')));
  });

  it('writes what differs at a second load: rows that came, changed and went', async () => {
    const landing = openSqliteLanding(fresh(), 'sqlite:/a', Date.now());
    const settings = (version: number) =>
      `{"fields":"{}","shop_id":"main","updated_at":1,"version":${version}}`;
    const counts = (n: number) => `{"generation":${n},"shop_id":"main"}`;
    const pages = async function* (rows: Record<string, string[]>): AsyncGenerator<ArchivePage> {
      for (const [table, lines] of Object.entries(rows)) yield { table, lines };
    };
    try {
      await landing.load(pages({ model_generations: [counts(1)], settings: [settings(1)] }));
      await landing.load(pages({ settings: [settings(2)] }));
      assert.deepEqual(await landing.summary(), await summarise(pages({ settings: [settings(2)] })));
    } finally {
      await landing.close();
    }
  });
});

async function rowsOf(dataDir: string): Promise<Record<string, number>> {
  return (JSON.parse((await runSwati(dataDir, 'status', '--json')).out) as { rows: Record<string, number> })
    .rows;
}

/** The owner's way to ask the server. */
async function signedIn(origin: string) {
  const ask = async (method: string, path: string, body?: object, token?: string) => {
    const answer = await fetch(origin + path, {
      method,
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const login = await ask('POST', '/api/auth/login', {
    username: OWNER.ADMIN_USERNAME,
    password: OWNER.ADMIN_PASSWORD,
  });
  const { access_token: token } = JSON.parse(login.text) as { access_token: string };
  return (method: string, path: string, body?: object) => ask(method, path, body, token);
}
