// Holds the proof itself to its word: every planted defect still fits the source, none stands in the product, and each
// check has one.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ALL_CHECKS } from './all-checks.ts';
import { unlisted } from './checks/who-may-what.ts';
import { DEFECTS, type DefectName } from './defects.ts';
import { operationsOf } from './drive/api.ts';
import { PRODUCT, SOURCE } from './drive/plant.ts';
import { FAULTS } from './faults.ts';

const ROOMS = ['server/src', 'console/src', 'ops'];
const files = ROOMS.flatMap((room) =>
  readdirSync(join(PRODUCT, room), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|tsx|js|sh)$/.test(path))
    .map((path) => ({ path, text: readFileSync(join(PRODUCT, room, path), 'utf8') })),
);

for (const [name, { pieces }] of [...Object.entries(DEFECTS), ...Object.entries(FAULTS)]) {
  describe(`the defect "${name}"`, () => {
    for (const { file, find, put } of pieces) {
      test(`fits ${file} in exactly one place`, () => {
        const parts = readFileSync(join(SOURCE, file), 'utf8').split(find);
        assert.equal(parts.length, 2);
        assert.ok(put !== find, 'it would change nothing');
      });
      test(`is not in the product: ${file}`, () => {
        const text = readFileSync(join(SOURCE, file), 'utf8');
        // A piece that only leaves something out is absent where what it leaves out is there.
        assert.ok(put === '' || !text.includes(put) || find.includes(put));
      });
    }
  });
}

test('the product knows of no switch that plants a defect', () => {
  const knowing = files.filter(({ text }) => /PROOF_|plant-hook/.test(text));
  assert.deepEqual(
    knowing.map(({ path }) => path),
    [],
  );
  // The one that hooks into Node's loading says where a file lies; none says what is in it.
  const hooking = files.filter(({ text }) => /registerHooks/.test(text));
  assert.deepEqual(
    hooking.map(({ path, text }) => [path, /\bload\b|\bsource\b/.test(text)]),
    [['system/own-imports.js', false]],
  );
});

test('each check has a defect of its own and each defect a check', () => {
  const used = ALL_CHECKS.map((check) => check.defect);
  assert.deepEqual([...new Set(used)].sort(), (Object.keys(DEFECTS) as DefectName[]).sort());
});

test('who may call what stands in policy.ts for each route of the agreed document', () => {
  const document = readFileSync(join(PRODUCT, 'server/test/openapi.json'), 'utf8');
  assert.deepEqual(unlisted(operationsOf(JSON.parse(document))), []);
});

test('ids are given once', () => {
  const ids = ALL_CHECKS.map((check) => check.id);
  assert.deepEqual(ids, [...new Set(ids)]);
});
