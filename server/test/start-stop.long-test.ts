// How the real program starts and stops.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { Agent, request } from 'node:http';
import { request as requestTls } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ConfigRefused, readConfig } from '../src/config.ts';
import { openShop } from '../src/serving/open-shop.ts';
import { prepareShop } from '../src/serving/running-server.ts';
import { readTls } from '../src/serving/tls-pair.ts';
import {
  type RunningServer,
  runToEnd,
  startServer,
  type TemporaryFolder,
  temporaryFolder,
} from './running-server.ts';

const SWATI = fileURLToPath(new URL('../src/cli/swati.js', import.meta.url));
const OWNER = {
  ADMIN_USERNAME: 'owner',
  ADMIN_EMAIL: 'Owner@Example.com',
  ADMIN_PASSWORD: 'a pass word',
};
const PERMISSION_BITS = 0o777;

async function logIn(origin: string, username: string, password: string): Promise<Response> {
  return fetch(`${origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
}

const HEALTH = fileURLToPath(new URL('../../ops/health.ts', import.meta.url));

/** The settings of the program in a folder; the refusals of these come from functions, whose callers the other cases show. */
const settingsOf = (dataDir: string, given: Record<string, string> = {}) =>
  readConfig({ DATA_DIR: dataDir, REFERENCE_DATA: 'false', ...given });

/** What `make health` asks, with these settings and the .env of the folder. */
async function askHealth(settings: Record<string, string | undefined>, cwd = tmpdir()) {
  const { PATH } = process.env;
  const child = spawn(process.execPath, [HEALTH], { cwd, env: { PATH, ...settings } });
  const [code, out, err] = await Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]);
  return { code: code[0] as number | null, out, err };
}

describe('start', () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = temporaryFolder();
  });
  after(() => folder.remove());

  it('prints all problems of the settings, touches nothing, and exits 78', async () => {
    const data = join(folder.path, 'none');
    const { code, err, out } = await runToEnd(data, {
      PORT: 'http',
      APP_ENV: 'production',
      JWT_SECRET_KEY: 'change-me',
      WORKERS: '0',
      TLS_CERT_FILE: '/nowhere.crt',
      TLS_KEY_FILE: '/nowhere.pem',
    });
    assert.equal(code, 78);
    assert.equal(out, '');
    const lines = err.trim().split('\n');
    assert.equal(lines.length, 6, err);
    for (const name of ['PORT', 'JWT_SECRET_KEY', 'CORS_ORIGINS', 'WORKERS', 'TLS_CERT_FILE', 'TLS_KEY_FILE'])
      assert.ok(
        lines.some((line) => line.startsWith(name)),
        name,
      );
    assert.doesNotMatch(err, /change-me/);
    assert.ok(!existsSync(data));
  });

  it('refuses an ADMIN_* account that sign-up would refuse, with all that is wrong with it', async () => {
    const given = { ...OWNER, ADMIN_USERNAME: 'x y', ADMIN_PASSWORD: 'short' };
    const config = settingsOf(join(folder.path, 'bad-admin'), given);
    const shop = await openShop(config, assert.fail);
    try {
      await assert.rejects(prepareShop(shop, config), {
        name: 'ConfigRefused',
        problems: [
          'ADMIN_USERNAME must be letters, digits and underscores',
          'ADMIN_PASSWORD must have at least 6 characters',
        ],
      });
    } finally {
      await shop.store.close();
    }
  });

  it('refuses a damaged secret and a damaged database with one line', async () => {
    const data = join(folder.path, 'damaged');
    mkdirSync(data);
    writeFileSync(join(data, 'secrets.json'), '{"jwtSecretKey": "canary-in-a-broken-file');
    await assert.rejects(openShop(settingsOf(data), assert.fail), (error: ConfigRefused) => {
      assert.ok(error instanceof ConfigRefused);
      assert.match(error.message, /^\S*secrets\.json holds no usable secret[^\n]*$/);
      assert.doesNotMatch(error.message, /canary/);
      return true;
    });
    const other = join(folder.path, 'damaged-store');
    mkdirSync(other);
    writeFileSync(join(other, 'shop.db'), 'this is no database, whatever its name says'.repeat(100));
    const store = await runToEnd(other, {});
    assert.equal(store.code, 78);
    assert.match(store.err, /^[^\n]*shop\.db[^\n]*\n$/);
  });

  it('speaks TLS with the given pair, and refuses files that are none', async (t) => {
    const [cert, key] = [join(folder.path, 'cert.pem'), join(folder.path, 'key.pem')];
    const made = spawnSync('openssl', [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
      ],
      ...['-subj', '/CN=localhost', '-keyout', key, '-out', cert],
    ]);
    if (made.status !== 0) return t.skip('there is no openssl to make a certificate with');
    const files = { TLS_CERT_FILE: cert, TLS_KEY_FILE: key };
    const server = await startServer(join(folder.path, 'tls'), files);
    const { port } = new URL(server.origin);
    const status = await new Promise((resolve, reject) => {
      const options = { port, path: '/api/health/live', rejectUnauthorized: false };
      requestTls(options, (response) => response.resume().on('end', () => resolve(response.statusCode)))
        .on('error', reject)
        .end();
    });
    assert.equal(status, 200);
    assert.equal((await askHealth({ ...files, PORT: port })).code, 0);
    assert.equal((await server.stop()).code, 0);
    const refused = (certFile: string, keyFile: string, message: RegExp) =>
      assert.throws(() => readTls({ certFile, keyFile }), { name: 'ConfigRefused', message });
    const swapped =
      /^TLS_CERT_FILE \(.*key.pem\) holds no certificate.*\nTLS_KEY_FILE \(.*cert.pem\) holds no private/;
    refused(key, cert, swapped);
    const otherKey = join(folder.path, 'other.pem');
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    writeFileSync(otherKey, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    refused(cert, otherKey, /^TLS_CERT_FILE and TLS_KEY_FILE are no pair[^\n]*$/);
    const unread = /^TLS_CERT_FILE \(.*\) cannot be read[^\n]*\nTLS_KEY_FILE \(.*\) cannot be read[^\n]*$/;
    refused('/nowhere.crt', '/nowhere.pem', unread);
  });

  it('names PORT when it is taken', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    const { port } = taken.address() as { port: number };
    const { code, err } = await runToEnd(join(folder.path, 'port'), {
      HOST: '127.0.0.1',
      PORT: String(port),
    });
    taken.close();
    assert.equal(code, 1);
    assert.match(err, /^PORT is taken by another program[^\n]*\n$/);
  });
});

describe('a shop that is set up by its code', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  const cwd = () => join(folder.path, 'env');
  const data = () => join(folder.path, 'open');
  before(async () => {
    folder = temporaryFolder();
    mkdirSync(cwd());
    writeFileSync(join(cwd(), '.env'), 'APP_ENV=testing\nLOG_LEVEL="error"\nADMIN_USERNAME=\n');
    mkdirSync(data());
    chmodSync(data(), 0o755);
    server = await startServer(data(), { LOG_LEVEL: 'info' }, cwd());
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it('prints a set-up code on an empty store, which makes the first admin once', async () => {
    const code = /\/console\/setup#code=([\w-]+)/.exec(server.output())?.[1];
    assert.ok(code, server.output());
    const ready = server.lines().find((line) => 'ready_ms' in line);
    assert.ok(Number(ready?.ready_ms) > 0, 'it says how long it took');
    const setUp = () =>
      fetch(`${server.origin}/api/setup`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ code, username: 'asha', email: 'asha@example.com', password: 'a pass word' }),
      });
    const [first, second] = await Promise.all([setUp(), setUp()]);
    assert.deepEqual([first.status, second.status].sort(), [201, 409]);
    assert.equal((await logIn(server.origin, 'asha', 'a pass word')).status, 200);
  });

  it('reads .env below the environment; exits quickly when nothing is in flight, also with idle connections', async () => {
    const health = (await (await fetch(`${server.origin}/api/health`)).json()) as { environment: string };
    assert.equal(health.environment, 'testing');
    assert.ok(server.lines().length > 0);
    writeFileSync(join(cwd(), '.env'), `PORT=${new URL(server.origin).port}\nHOST=localhost\n`);
    const asked = await askHealth({}, cwd());
    assert.deepEqual([asked.code, /"environment": "testing"/.test(asked.out)], [0, true], asked.err);
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve, reject) => {
      request(`${server.origin}/`, { agent }, (response) => response.resume().on('end', resolve))
        .on('error', reject)
        .end();
    });
    const { code, ms } = await server.stop('SIGINT');
    assert.equal(code, 0);
    assert.ok(ms < 5_000, `${ms} ms`);
    agent.destroy();
  });

  it('keeps what it writes from other accounts, also in a folder that is open to them', async () => {
    const wide = readdirSync(data()).filter((name) => (statSync(join(data(), name)).mode & 0o077) !== 0);
    assert.deepEqual(wide, []);
    assert.ok(readdirSync(data()).includes('shop.db'));
  });

  it('is not asked for its code again; a command leaves the compiled code of the server alone', async () => {
    const environment = { PATH: process.env.PATH, DATA_DIR: data() };
    const status = spawnSync(process.execPath, [SWATI, 'status'], { env: environment, encoding: 'utf8' });
    assert.equal(status.status, 0, status.stderr);

    const again = await startServer(data(), { NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    assert.doesNotMatch(again.output(), /#code=/);
    assert.equal((await logIn(again.origin, 'asha', 'a pass word')).status, 200);
    await again.stop();
    assert.match(again.output(), /code cache for .* was accepted/);
    assert.doesNotMatch(
      again.output(),
      /was rejected/,
      'the command left the compiled code of the server alone',
    );
  });
});

describe('a shop whose first admin is in the settings', () => {
  let folder: TemporaryFolder;
  let server: RunningServer;
  let token: string;
  const secrets = () => join(folder.path, 'secrets.json');
  before(async () => {
    folder = temporaryFolder();
    server = await startServer(folder.path, OWNER);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  it('makes the ADMIN_* account before the port opens', async () => {
    assert.doesNotMatch(server.output(), /#code=|a pass word/);
    assert.equal((await logIn(server.origin, 'OWNER@example.com', 'a pass word')).status, 200);
    const answer = await logIn(server.origin, 'owner', 'a pass word');
    token = ((await answer.json()) as { access_token: string }).access_token;
  });

  it('finishes what is in flight, closes kept-alive connections with their answer, and exits 0', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const ask = () =>
      new Promise<{ status: number; connection: string | undefined }>((resolve, reject) => {
        request(`${server.origin}/api/health/live`, { agent }, (response) => {
          response
            .resume()
            .on('end', () =>
              resolve({ status: response.statusCode ?? 0, connection: response.headers.connection }),
            );
        })
          .on('error', reject)
          .end();
      });
    await Promise.all([ask(), ask(), ask(), ask()]);
    // The body of this one is sent only after the signal.
    const slow = new Promise<number>((resolve, reject) => {
      const text = JSON.stringify({ username: 'owner', password: 'a pass word' });
      const sending = request(
        `${server.origin}/api/auth/login`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
        },
        (response) => {
          assert.equal(response.headers.connection, 'close');
          response.resume().on('end', () => resolve(response.statusCode ?? 0));
        },
      ).on('error', reject);
      sending.write(text.slice(0, 5));
      setTimeout(() => sending.end(text.slice(5)), 1200);
    });
    await sleep(200);
    const stopped = server.stop();
    // npm, make and a terminal may each pass on the same signal.
    server.child.kill('SIGINT');
    await sleep(100);
    const last = await ask();
    assert.deepEqual(last, { status: 200, connection: 'close' });
    await sleep(300);
    await assert.rejects(fetch(`${server.origin}/api/health/live`));
    assert.equal(await slow, 200);
    const { code, ms } = await stopped;
    assert.equal(code, 0);
    assert.ok(ms < 10_000, `${ms} ms`);
    agent.destroy();
  });

  it('never makes it again, and keeps its secret, for its owner alone', async () => {
    assert.equal(statSync(secrets()).mode & PERMISSION_BITS, 0o600);
    const before = readFileSync(secrets(), 'utf8');
    chmodSync(secrets(), 0o644);

    const again = await startServer(folder.path, {
      ...OWNER,
      ADMIN_PASSWORD: 'another one',
      ADMIN_USERNAME: 'thief',
    });
    assert.equal((await logIn(again.origin, 'thief', 'another one')).status, 401);
    assert.equal((await logIn(again.origin, 'owner', 'a pass word')).status, 200);
    const me = await fetch(`${again.origin}/api/auth/me`, {
      headers: { authorization: `Bearer ${token}` },
    });
    assert.equal(me.status, 200, 'a token of before is still good');
    await again.stop();
    assert.equal(statSync(secrets()).mode & PERMISSION_BITS, 0o600, 'the wider one was tightened');
    assert.equal(readFileSync(secrets(), 'utf8'), before);
  });
});
