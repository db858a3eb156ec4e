// Proves that the walls between the rooms hold: plants imports in a copy of the tree and asks Biome.
// It tests biome.json, so it reads the real one and writes nothing outside a temporary folder.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BIOME = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');

interface Room {
  /** Where the imports are planted, as if somebody were writing a file there now. */
  folder: string;
  /** Tests have walls of their own: wider, but those of a pure room still stand. */
  ending?: '.test.ts';
  refused: string[];
  allowed: string[];
}

const ROOMS: Record<string, Room> = {
  domain: {
    folder: 'server/src/domain',
    refused: [
      'node:crypto',
      'typebox',
      '../store/store.ts',
      '../http/errors.ts',
      '../features/orders/create-order.ts',
      './../config.ts',
    ],
    allowed: ['./money.ts'],
  },
  "the domain's tests": {
    folder: 'server/src/domain',
    ending: '.test.ts',
    refused: ['../store/store.ts', '../http/errors.ts', 'fastify'],
    allowed: ['./money.ts', 'node:test', 'fast-check', '../../test/build-order.ts'],
  },
  contract: {
    folder: 'server/src/contract',
    refused: ['../domain/money.ts', 'node:fs', 'fastify'],
    allowed: ['typebox', 'typebox/value', './page.ts'],
  },
  ml: {
    folder: 'server/src/ml',
    refused: ['../domain/money.ts', '../store/store.ts', 'fastify'],
    allowed: ['./trees.ts', 'node:worker_threads'],
  },
  'the store interface': {
    folder: 'server/src/store',
    refused: ['./sqlite/open.ts', '../http/errors.ts', 'fastify', 'node:sqlite'],
    allowed: ['../domain/order.ts'],
  },
  'what every adapter computes': {
    folder: 'server/src/store/books',
    refused: [
      '../sqlite/database.ts',
      '../mongo/connect.ts',
      'node:sqlite',
      'mongodb',
      '../../http/errors.ts',
    ],
    allowed: ['node:crypto', '../../domain/khata.ts', '../store.ts', './journal-hash.ts'],
  },
  'the archive': {
    folder: 'server/src/store/archive',
    refused: ['../sqlite/database.ts', '../mongo/open.ts', '../../domain/order.ts', 'node:sqlite', 'fastify'],
    allowed: ['../store.ts', '../backup-store.ts', './cipher.ts', 'node:zlib'],
  },
  'the spool': {
    folder: 'server/src/store/spool',
    refused: ['../sqlite/database.ts', '../mongo/rows.ts', '../store.ts', '../../domain/order.ts', 'mongodb'],
    allowed: ['node:sqlite', 'node:fs'],
  },
  'the system': {
    folder: 'server/src/system',
    refused: [
      '../domain/order.ts',
      '../store/store.ts',
      '../config.ts',
      '../serving/open-shop.ts',
      'fastify',
    ],
    allowed: ['node:fs', './make-folder.ts'],
  },
  'the SQLite adapter': {
    folder: 'server/src/store/sqlite/writes',
    refused: [
      '../../mongo/open.ts',
      'mongodb',
      '../../../features/orders/create-order.ts',
      '../../../http/errors.ts',
      '../../../contract/order.ts',
      '../../../config.ts',
      '../../../serving/open-shop.ts',
      'fastify',
    ],
    allowed: [
      'node:sqlite',
      'bson',
      '../../store.ts',
      '../../../domain/order.ts',
      '../../../system/make-folder.ts',
      './tx.ts',
      '../database.ts',
    ],
  },
  'the MongoDB adapter': {
    folder: 'server/src/store/mongo',
    refused: [
      '../sqlite/database.ts',
      'node:sqlite',
      '../../features/orders/create-order.ts',
      '../../serving/open-shop.ts',
      'fastify',
    ],
    allowed: ['mongodb', 'bson', '../store.ts', '../../domain/order.ts', './writes/tx.ts'],
  },
  features: {
    folder: 'server/src/features/orders',
    refused: [
      '../../store/sqlite/open.ts',
      '../../store/mongo/open.ts',
      'mongodb',
      '../khata/khata-routes.ts',
      '../khata/post-entry.test.ts',
      '../../app.ts',
      '../../main.ts',
      '../../serving/open-shop.ts',
      '../../system/make-folder.ts',
      '../../../../console/src/main.tsx',
      './../../store/sqlite/open.ts',
    ],
    allowed: [
      '../khata/post-entry.ts',
      './order-routes.ts',
      '../../domain/order.ts',
      '../../contract/order.ts',
      '../../store/store.ts',
      '../../http/errors.ts',
      '../../ml/trees.ts',
      'node:stream',
      'fastify',
    ],
  },
  http: {
    folder: 'server/src/http',
    refused: ['../features/orders/create-order.ts', '../store/sqlite/open.ts', '../app.ts', 'mongodb'],
    allowed: [
      '../domain/shop-error.ts',
      '../contract/envelope.ts',
      '../store/store.ts',
      'fastify',
      './errors.ts',
    ],
  },
  console: {
    folder: 'console/src/api',
    refused: ['../../../server/src/domain/money.ts', '@swati/server/src/app.ts', 'node:fs'],
    allowed: ['../../../server/src/contract/order.ts', './fetcher.ts', '../ui/button.tsx', 'react'],
  },
  'the rest of the server': {
    folder: 'server/src/cli',
    refused: ['../../../console/src/main.tsx'],
    allowed: ['../app.ts', '../store/sqlite/open.ts', '../features/orders/create-order.ts'],
  },
  proof: {
    folder: 'proof',
    refused: ['../server/src/app.ts', '../console/src/main.tsx'],
    allowed: ['./drive.ts', 'node:child_process'],
  },
};

/** Each way of naming another module; a wall with a door for one of them is no wall. */
const FORMS = [
  (from: string) => `import { thing } from '${from}';\nexport const planted = thing;\n`,
  (from: string) => `import type { Thing } from '${from}';\nexport type Planted = Thing;\n`,
  (from: string) => `export { thing } from '${from}';\n`,
  (from: string) => `export const planted = () => import('${from}');\n`,
];

/** The domain takes instants and ids from outside, so that every rule can be tested at any moment. */
const IMPURE = ['Date.now()', 'Math.random()', 'process.env', 'crypto.randomUUID()', 'performance.now()'];

let folder = '';
let refusals = new Set<string>();
let impure = new Set<string>();
let circles = new Set<string>();

/** One file per import, because a diagnostic tells the file and not always the import. */
function plantedPath(room: Room, kind: 'refused' | 'allowed', index: number, form: number): string {
  return join(room.folder, `${kind}-${index}-${form}${room.ending ?? '.ts'}`);
}

function plant(path: string, text: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'swati-walls-'));
  copyFileSync(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
  for (const room of Object.values(ROOMS)) {
    for (const kind of ['refused', 'allowed'] as const) {
      for (const [index, from] of room[kind].entries()) {
        for (const [form, write] of FORMS.entries()) plant(plantedPath(room, kind, index, form), write(from));
      }
    }
  }
  for (const [index, expression] of IMPURE.entries()) {
    plant(`server/src/domain/impure-${index}.ts`, `export const planted = () => ${expression};\n`);
  }
  plant(
    'server/src/domain/here.ts',
    "import type { There } from './there.ts';\n\nexport type Here = There;\n",
  );
  plant(
    'server/src/domain/there.ts',
    "import type { Here } from './here.ts';\n\nexport type There = Here;\n",
  );
  const run = spawnSync(process.execPath, [BIOME, 'lint', '--reporter=json', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const report = JSON.parse(run.stdout) as {
    diagnostics: { category: string; location: { path: string } }[];
  };
  const pathsOf = (...rules: string[]) =>
    new Set(
      report.diagnostics
        .filter((one) => rules.includes(one.category.replace('lint/', '')))
        .map((one) => one.location.path),
    );
  refusals = pathsOf('style/noRestrictedImports');
  circles = pathsOf('suspicious/noImportCycles');
  impure = pathsOf('style/noRestrictedGlobals', 'nursery/noJsRestrictedProperties');
});

after(() => rmSync(folder, { recursive: true, force: true }));

for (const [name, room] of Object.entries(ROOMS)) {
  describe(`the wall of ${name}`, () => {
    for (const [index, from] of room.refused.entries()) {
      test(`refuses ${from}`, () => {
        for (const form of FORMS.keys()) {
          const path = plantedPath(room, 'refused', index, form);
          assert.ok(refusals.has(path), `${FORMS[form]?.(from)} was accepted in ${dirname(path)}`);
        }
      });
    }
    for (const [index, from] of room.allowed.entries()) {
      test(`lets ${from} in`, () => {
        for (const form of FORMS.keys()) {
          const path = plantedPath(room, 'allowed', index, form);
          assert.ok(!refusals.has(path), `${FORMS[form]?.(from)} was refused in ${dirname(path)}`);
        }
      });
    }
  });
}

for (const [index, expression] of IMPURE.entries()) {
  test(`the domain does not say ${expression}`, () => {
    assert.ok(impure.has(`server/src/domain/impure-${index}.ts`));
  });
}

test('two files that import each other are refused, for their types alone, too', () => {
  assert.deepEqual([...circles].sort(), ['server/src/domain/here.ts', 'server/src/domain/there.ts']);
});
