import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { ConfigRefused, ConfigSchema, readConfig } from './config.ts';

const STRONG = '9f2c4e6a8b0d1f3557799bbddff0021346688aacceef1335';
const PRODUCTION = {
  APP_ENV: 'production',
  JWT_SECRET_KEY: STRONG,
  CORS_ORIGINS: 'https://shop.example',
};

function problemsOf(environment: Record<string, string>): string[] {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigRefused);
    return [...error.problems];
  }
  return [];
}

describe('config', () => {
  it('is read by a schema that is one', () => {
    const ajv = new Ajv({ strict: false });
    assert.ok(ajv.validateSchema(ConfigSchema), ajv.errorsText());
  });

  it('has a default for everything', () => {
    const config = readConfig({});
    assert.equal(config.PORT, 5000);
    assert.equal(config.HOST, '0.0.0.0');
    assert.equal(config.DATA_DIR, resolve('var'));
    assert.equal(config.APP_ENV, 'development');
    assert.deepEqual(config.CORS_ORIGINS, ['*']);
    assert.equal(config.SIGNUP, true);
    assert.equal(config.admin, null);
    assert.equal(config.tls, null);
    assert.ok(Object.isFrozen(config));
  });

  it('coerces once: numbers, switches, lists, blanks', () => {
    const config = readConfig({
      PORT: ' 8080 ',
      SIGNUP: 'OFF',
      DEMO: 'yes',
      LOG_LEVEL: 'WARN',
      CORS_ORIGINS: 'https://a.example/, http://localhost:5173,',
      TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,::1',
      DATA_DIR: '',
    });
    assert.equal(config.PORT, 8080);
    assert.equal(config.SIGNUP, false);
    assert.equal(config.DEMO, true);
    assert.equal(config.LOG_LEVEL, 'warn');
    assert.deepEqual(config.CORS_ORIGINS, ['https://a.example', 'http://localhost:5173']);
    assert.deepEqual(config.TRUSTED_PROXIES, ['127.0.0.1', '10.0.0.0/8', '::1']);
    assert.equal(config.DATA_DIR, resolve('var'));
  });

  it('takes the older names, and prefers the newer', () => {
    const older = readConfig({ FLASK_ENV: 'testing', GUNICORN_WORKERS: '5', GUNICORN_LOG_LEVEL: 'warning' });
    assert.equal(older.APP_ENV, 'testing');
    assert.equal(older.LOG_LEVEL, 'warn');
    assert.equal(readConfig({ APP_ENV: 'testing', FLASK_ENV: 'development' }).APP_ENV, 'testing');
    assert.match(problemsOf({ FLASK_ENV: 'staging' })[0] ?? '', /^FLASK_ENV is "staging"/);
  });

  it('names every problem at once, with the value and what is allowed', () => {
    const problems = problemsOf({
      PORT: '70000',
      APP_ENV: 'prod',
      SIGNUP: 'maybe',
      CORS_ORIGINS: 'shop.example',
      TRUSTED_PROXIES: 'everyone',
      WORKERS: '0',
      LOG_LEVEL: 'loud',
      ADMIN_USERNAME: 'owner',
      TLS_CERT_FILE: 'cert.pem',
      MONGODB_URI: 'mongodb://user:pw@db/shop',
    });
    for (const name of [
      'PORT is 70000; it must be at most 65535',
      'APP_ENV is "prod"; it must be one of: development, testing, production',
      'SIGNUP is "maybe"; it must be true or false',
      'CORS_ORIGINS is "shop.example"; it must be * or an origin such as https://shop.example, with',
      'TRUSTED_PROXIES has "everyone", which is no address',
      'WORKERS is 0; it must be at least 1',
      'LOG_LEVEL is "loud"; it must be one of: trace, debug',
      'ADMIN_EMAIL, ADMIN_PASSWORD must be given too',
      'TLS_KEY_FILE must be given too',
      'JWT_SECRET_KEY must be given with MONGODB_URI',
    ]) {
      assert.ok(
        problems.some((line) => line.startsWith(name)),
        `${name}\n---\n${problems.join('\n')}`,
      );
    }
    assert.equal(problems.length, 10);
    assert.doesNotMatch(problems.join('\n'), /user:pw/);
  });

  it('wants one database of both accounts of MongoDB: what is restored elsewhere, nobody serves', () => {
    const both = (serves: string, admin: string): string[] =>
      problemsOf({ MONGODB_URI: serves, MONGODB_ADMIN_URI: admin, JWT_SECRET_KEY: 'k' });
    assert.deepEqual(
      both('mongodb://a:pw@h,i/shop?replicaSet=r', 'mongodb://b:pw@i,h/shop?authSource=admin'),
      [],
    );
    assert.deepEqual(both('mongodb://a@h/?replicaSet=r', 'mongodb://b@h/swati'), []);
    for (const admin of [
      'mongodb://b:pw@h/other?authSource=admin',
      'mongodb://b:pw@h/',
      'mongodb://b:p/w@h/shop',
    ]) {
      const [problem = '', ...others] = both('mongodb://a:pw@h/shop', admin);
      assert.match(problem, /^MONGODB_ADMIN_URI must name the same database as MONGODB_URI/);
      assert.doesNotMatch(problem, /pw|w@h/);
      assert.deepEqual(others, []);
    }
  });

  it('names an address of MongoDB that is none beside all else, and a secret that is missing once', () => {
    for (const wrong of [
      'mysql://root:pw@db/shop',
      'db:27017/shop',
      'mongodb://',
      'mongodb:///shop',
      'postgres',
    ])
      assert.deepEqual(problemsOf({ ...PRODUCTION, JWT_SECRET_KEY: '', MONGODB_URI: wrong }), [
        'MONGODB_URI cannot be read: it must be like mongodb://USER:PASSWORD@HOST:27017/DATABASE?replicaSet=NAME',
        'JWT_SECRET_KEY must be given with MONGODB_URI: all machines of a shop sign with the same key',
      ]);
    assert.deepEqual(problemsOf({ MONGODB_URI: 'mongodb+srv://a:pw@db/shop', JWT_SECRET_KEY: 'k' }), []);
  });

  it('names what is wrong with the first admin beside all else, and leaves it alone where nothing else is', () => {
    const owner = { ADMIN_USERNAME: 'x', ADMIN_EMAIL: 'owner', ADMIN_PASSWORD: 'short' };
    assert.deepEqual(
      problemsOf({ ...owner, WORKERS: '0' }).map((problem) => problem.split(' ', 1)[0]),
      ['WORKERS', 'ADMIN_USERNAME', 'ADMIN_EMAIL', 'ADMIN_PASSWORD'],
    );
    assert.deepEqual(problemsOf(owner), []);
  });

  it('takes addresses and networks as proxies, and nothing that only looks like one', () => {
    for (const good of ['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])
      assert.deepEqual(readConfig({ TRUSTED_PROXIES: good }).TRUSTED_PROXIES, [good]);
    for (const bad of ['999.1.1.1', '10.0.0.0/33', '::1/129', '10.0.0.0/', 'true', '10.0.0.0/8/8', '*'])
      assert.equal(problemsOf({ TRUSTED_PROXIES: bad }).length, 1, bad);
  });

  it('refuses numbers that are none', () => {
    for (const PORT of ['5000.5', '0x10', '1e3', '-1', 'NaN', '65536', '5000 5000']) {
      assert.equal(problemsOf({ PORT }).length, 1, PORT);
    }
  });

  it('asks for real secrets in production, and never repeats them', () => {
    assert.deepEqual(problemsOf(PRODUCTION), []);
    const missing = problemsOf({ APP_ENV: 'production' }).join('\n');
    assert.match(missing, /JWT_SECRET_KEY must be given/);
    assert.match(missing, /CORS_ORIGINS must be given/);
    for (const weak of [
      'change-me',
      'secret',
      'dev-secret-key',
      'jwt-secret-key',
      'a'.repeat(64),
      'ab'.repeat(32),
      'your-secret-key-your-secret-key-your-secret-key',
      'jwt-secret-key-change-in-production-0123456789',
      'short-but-strong-9f2c4e6a8b0d1f',
    ]) {
      const problems = problemsOf({ ...PRODUCTION, JWT_SECRET_KEY: weak });
      assert.match(problems.join('\n'), /JWT_SECRET_KEY is too weak/, weak);
      assert.ok(!problems.join('\n').includes(weak) || weak === 'secret', weak);
    }
    assert.deepEqual(problemsOf({ JWT_SECRET_KEY: 'dev-secret-key' }), []);
  });

  it('counts a secret to its last space', () => {
    const admin = { ADMIN_USERNAME: ' owner ', ADMIN_EMAIL: 'o@example.com', ADMIN_PASSWORD: ' pass word ' };
    assert.deepEqual(readConfig(admin).admin, {
      username: 'owner',
      email: 'o@example.com',
      password: ' pass word ',
    });
  });

  it('refuses a token for metrics that somebody could guess, without repeating it', () => {
    const problems = problemsOf({ METRICS_TOKEN: 'short-canary' });
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /^METRICS_TOKEN must have at least 16 characters/);
    assert.doesNotMatch(problems[0] ?? '', /canary/);
    assert.equal(readConfig({ METRICS_TOKEN: 'a-token-of-16-ch' }).METRICS_TOKEN, 'a-token-of-16-ch');
  });

  it('keeps a sample shop to this machine unless HOST says otherwise', () => {
    assert.equal(readConfig({ DEMO: 'true' }).HOST, '127.0.0.1');
    assert.equal(readConfig({ DEMO: 'true', HOST: '0.0.0.0' }).HOST, '0.0.0.0');
  });
});
