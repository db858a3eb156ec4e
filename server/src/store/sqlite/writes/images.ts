import { createHash } from 'node:crypto';
import type { Image } from '../../../domain/image.ts';
import { imageNameIn } from '../../../domain/image-name.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { oldImageFiles, removeImageFile, saveImageFile } from '../image-files.ts';
import type { Tx } from './tx.ts';

export function addImage(tx: Tx, image: Omit<Image, 'createdAt' | 'sha256'>): { name: string } {
  const { name, contentType, bytes } = image;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // The file first: a row must never stand without its bytes.
  saveImageFile(tx.dataDir, name, bytes);
  tx.run(
    `INSERT INTO images (shop_id, name, content_type, byte_count, sha256, created_at)
     VALUES (:shopId, :name, :contentType, :byteCount, :sha256, :at)`,
    { shopId: tx.shopId, name, contentType, byteCount: bytes.length, sha256, at: tx.by.at },
  );
  const after = { contentType, byteCount: bytes.length, sha256 };
  tx.record('image.uploaded', { type: 'image', id: name }, null, after);
  return { name };
}

export function removeImage(tx: Tx, name: string): null {
  if (!removeRow(tx, name)) throw refuse('image_not_found');
  return null;
}

export function removeOrphanImages(tx: Tx, before: number): string[] {
  const shown = new Set(
    tx
      .all<{ image_url: string }>(
        "SELECT DISTINCT image_url FROM products WHERE shop_id = :shopId AND image_url <> ''",
        { shopId: tx.shopId },
      )
      .map(({ image_url: url }) => imageNameIn(url)),
  );
  const orphans = tx
    .all<{ name: string }>(
      'SELECT name FROM images WHERE shop_id = :shopId AND created_at < :before ORDER BY created_at, name',
      { shopId: tx.shopId, before },
    )
    .map(({ name }) => name)
    .filter((name) => !shown.has(name));
  for (const name of orphans) removeRow(tx, name);
  sweepRowless(tx, before);
  return orphans;
}

/** The file goes only after the commit, so that a row never outlives it. */
function removeRow(tx: Tx, name: string): boolean {
  const { changes } = tx.run('DELETE FROM images WHERE shop_id = :shopId AND name = :name', {
    shopId: tx.shopId,
    name,
  });
  if (changes === 0) return false;
  tx.record('image.removed', { type: 'image', id: name }, { name }, null);
  tx.afterCommit(() => removeImageFile(tx.dataDir, name));
  return true;
}

/** Files whose upload or removal was cut off. Those of today may be on their way. */
function sweepRowless(tx: Tx, before: number): void {
  const rows = tx.all<{ name: string }>('SELECT name FROM images');
  const known = new Set(rows.map(({ name }) => name));
  for (const [file, name] of oldImageFiles(tx.dataDir, before)) {
    if (file !== name || !known.has(name)) tx.afterCommit(() => removeImageFile(tx.dataDir, file));
  }
}
