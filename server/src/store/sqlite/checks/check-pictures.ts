import { readFileSync } from 'node:fs';
import { pictureProblem } from '../../archive/picture-problem.ts';
import type { Problems } from '../../books/problems.ts';
import type { Connection, Db } from '../database.ts';
import { imagePath } from '../image-files.ts';

/** The file of each picture against the hash of what was uploaded. */
export function checkPictures(db: Connection, shopId: string, problems: Problems): void {
  const rows = db.all<{ name: string; sha256: string }>(
    'SELECT name, sha256 FROM images WHERE shop_id = :shopId ORDER BY name',
    { shopId },
  );
  for (const { name, sha256 } of rows) {
    const problem = pictureProblem(name, sha256, bytesOf(imagePath(db.folder, name)));
    // One that was removed meanwhile is no problem: its row goes before its file.
    if (problem !== null && hasRow(db, shopId, name)) problems.add(problem);
  }
}

function bytesOf(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function hasRow(db: Db, shopId: string, name: string): boolean {
  return (
    db.get('SELECT 1 FROM images WHERE shop_id = :shopId AND name = :name', { shopId, name }) !== undefined
  );
}
