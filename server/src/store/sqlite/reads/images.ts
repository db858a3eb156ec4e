import { readFile } from 'node:fs/promises';
import type { Image } from '../../../domain/image.ts';
import type { Db } from '../database.ts';
import { imagePath } from '../image-files.ts';

interface Row {
  name: string;
  content_type: string;
  sha256: string;
  created_at: number;
}

/** The image and its bytes; null where either is missing. */
export async function findImage(
  db: Db,
  shopId: string,
  dataDir: string,
  name: string,
): Promise<Image | null> {
  const row = db.get<Row>(
    'SELECT name, content_type, sha256, created_at FROM images WHERE shop_id = :shopId AND name = :name',
    { shopId, name },
  );
  if (!row) return null;
  const bytes = await readFile(imagePath(dataDir, row.name)).catch(nullWhenMissing);
  if (bytes === null) return null;
  return {
    name: row.name,
    contentType: row.content_type,
    bytes,
    sha256: row.sha256,
    createdAt: row.created_at,
  };
}

export function imageNames(db: Db, shopId: string): string[] {
  return db
    .all<{ name: string }>('SELECT name FROM images WHERE shop_id = :shopId ORDER BY name', { shopId })
    .map(({ name }) => name);
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
