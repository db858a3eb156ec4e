// An archive comes back as it was written, or is refused; nothing in between.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { ArchivePage } from '../backup-store.ts';
import { ArchiveRefused, checkArchive, readArchive, writeArchive } from './archive-file.ts';
import { ArchiveDigest, readArchiveLine, summarise, toArchiveLine } from './archive-page.ts';

const FACTS = { madeAt: '2026-01-15T20:40:00.000Z', program: '1.0.0', schema: 9, store: 'sqlite' };
const PASSPHRASE = 'correct horse battery';

const PAGES: ArchivePage[] = [
  {
    table: 'customers',
    lines: Array.from({ length: 1200 }, (_, n) => toArchiveLine({ id: n, name: `आशा ${n}` })),
  },
  { table: 'image_bytes', lines: [toArchiveLine({ name: 'x', base64: 'A'.repeat(300_000) })] },
];

async function* pages(): AsyncGenerator<ArchivePage> {
  yield* PAGES;
}

async function readAll(file: string, passphrase: string | null): Promise<Map<string, string[]>> {
  const tables = new Map<string, string[]>();
  const head = await checkArchive(file);
  for await (const { table, lines } of readArchive(file, head, passphrase)) {
    tables.set(table, [...(tables.get(table) ?? []), ...lines]);
  }
  return tables;
}

describe('an archive', () => {
  let folder: string;
  let plain: string;
  let sealed: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'swati-archive-'));
    plain = join(folder, 'plain');
    sealed = join(folder, 'sealed');
    await writeArchive(plain, FACTS, pages(), null);
    await writeArchive(sealed, FACTS, pages(), PASSPHRASE);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const kind of ['plain', 'sealed'] as const) {
    const path = (): string => (kind === 'plain' ? plain : sealed);
    const passphrase = kind === 'plain' ? null : PASSPHRASE;

    it(`${kind}: comes back line by line`, async () => {
      const tables = await readAll(path(), passphrase);
      for (const { table, lines } of PAGES) assert.deepEqual(tables.get(table), lines);
      assert.equal(tables.size, PAGES.length);
    });

    it(`${kind}: is refused when it is cut off anywhere`, async () => {
      const bytes = readFileSync(path());
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
          const cut = join(folder, 'cut');
          writeFileSync(cut, bytes.subarray(0, length));
          await assert.rejects(readAll(cut, passphrase), ArchiveRefused);
        }),
        { numRuns: 40 },
      );
    });

    it(`${kind}: is refused when any bit is flipped`, async () => {
      const bytes = readFileSync(path());
      const bit = fc.integer({ min: 0, max: bytes.length * 8 - 1 });
      await fc.assert(
        fc.asyncProperty(bit, async (place) => {
          const flipped = Buffer.from(bytes);
          flipped[place >> 3] = (flipped[place >> 3] as number) ^ (1 << (place & 7));
          const file = join(folder, 'flipped');
          writeFileSync(file, flipped);
          await assert.rejects(readAll(file, passphrase), ArchiveRefused);
        }),
        { numRuns: 40 },
      );
    });
  }

  it('tells the sums of what was written, once all of it has passed', async () => {
    const digest = new ArchiveDigest();
    const passing = readArchive(plain, await checkArchive(plain), null, digest);
    for await (const { table } of passing) assert.ok(table);
    assert.deepEqual(digest.summary(), await summarise(pages()));
  });

  it('that is sealed opens with its passphrase alone, and shows nothing of its rows', async () => {
    await assert.rejects(readAll(sealed, 'another passphrase'), /passphrase is wrong/);
    await assert.rejects(readAll(sealed, null), /is encrypted/);
    assert.equal(readFileSync(sealed).includes('customers'), false);
  });

  it('of a newer format names what to do; a foreign file and a missing one are named', async () => {
    const newer = join(folder, 'newer');
    writeFileSync(newer, `SWATI-BACKUP {"format":2}\n${'x'.repeat(200)}`);
    await assert.rejects(checkArchive(newer), /install the newer program/);
    writeFileSync(newer, 'PK'.repeat(200));
    await assert.rejects(checkArchive(newer), /no backup of this program/);
    await assert.rejects(checkArchive(join(folder, 'none')), /no such file/);
  });

  it('never overwrites a file', async () => {
    await assert.rejects(writeArchive(plain, FACTS, pages(), null), /EEXIST/);
  });

  it('line keeps numbers, texts, bytes and nothing', () => {
    const row = { a: 9_007_199_254_740_991, b: 'x\u2028"', c: null, d: new Uint8Array([0, 255]), e: 86.4321 };
    assert.deepEqual(readArchiveLine(toArchiveLine(row)), { ...row, d: Buffer.from([0, 255]) });
  });
});
