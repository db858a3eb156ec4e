// How much an imported file may hold.

import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { newId } from '../../store/contract-suite/builders.ts';
import { readImport } from './import-rows.ts';

describe('an imported file', () => {
  const path = join(tmpdir(), `swati-import-${newId()}.csv`);
  after(() => rmSync(path, { force: true }));
  const kind = {
    columns: [{ field: 'note', names: [], required: true }],
    toRow: (cells: { text: (field: string) => string }) => cells.text('note'),
  };
  const read = async (notes: readonly string[]): Promise<number> => {
    writeFileSync(path, ['note', ...notes].join('\n'));
    const options = { map: new Map(), maxRows: 3, now: 0, newId, onProgress: () => undefined };
    return (await readImport(path, kind, options)).rows.length;
  };

  it('is bounded by its rows and by what they hold, and says by how much', async () => {
    assert.equal(await read(['x'.repeat(2998), 'y', 'z']), 3);
    await assert.rejects(read(['x', 'y', 'z', 'one more']), /^FileRefused: line 5: more than 3 rows: divide/);
    await assert.rejects(
      read(['x'.repeat(2998), 'y', 'zz']),
      /^FileRefused: line 4: more than 3000 characters: divide the file$/,
    );
  });
});
