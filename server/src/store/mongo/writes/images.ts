import { imageNameIn } from '../../../domain/image-name.ts';
import { refuse } from '../../../domain/shop-error.ts';
import { newRowId } from '../codec.ts';
import type { ImageRow } from '../rows.ts';
import type { Tx } from './tx.ts';

/** An image whose bytes stand in GridFS already: a row must never stand without them. */
export type UploadedImage = Pick<ImageRow, 'name' | 'contentType' | 'byteCount' | 'sha256' | 'fileId'>;

export function addImage(tx: Tx, image: UploadedImage): { name: string } {
  const { name, contentType, byteCount, sha256 } = image;
  tx.add('product_images', { id: newRowId(), shopId: tx.shopId, ...image, createdAt: tx.by.at });
  tx.record('image.uploaded', { type: 'image', id: name }, null, { contentType, byteCount, sha256 });
  return { name };
}

/** Answers the file that is to go once this is durable. */
export function removeImage(tx: Tx, name: string): { fileId: string } {
  const row = tx.find({
    collection: 'product_images',
    name: `product_images/${name}`,
    filter: { name },
    matches: (image) => image.name === name,
  })[0];
  if (!row) throw refuse('image_not_found');
  removeRow(tx, row);
  return { fileId: row.fileId };
}

export function removeOrphanImages(tx: Tx, before: number): { name: string; fileId: string }[] {
  const pictured = tx.find({
    collection: 'products',
    name: 'products/pictured',
    filter: { image_url: { $gt: '' } },
    matches: (row) => row.imageUrl !== '',
  });
  const shown = new Set(pictured.map((row) => imageNameIn(row.imageUrl)));
  const old = tx.find({
    collection: 'product_images',
    name: `product_images/before/${before}`,
    filter: { created_at: { $lt: new Date(before) } },
    matches: (row) => row.createdAt < before,
  });
  const orphans = old
    .filter(({ name }) => !shown.has(name))
    .sort((a, b) => a.createdAt - b.createdAt || (a.name < b.name ? -1 : 1));
  for (const row of orphans) removeRow(tx, row);
  return orphans.map(({ name, fileId }) => ({ name, fileId }));
}

function removeRow(tx: Tx, row: ImageRow): void {
  tx.remove('product_images', row.id);
  tx.record('image.removed', { type: 'image', id: row.name }, { name: row.name }, null);
}
