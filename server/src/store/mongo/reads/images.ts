import type { Db } from 'mongodb';
import type { Image } from '../../../domain/image.ts';
import { fromDocument, toId } from '../codec.ts';
import type { GridFiles } from '../grid-files.ts';
import type { ImageRow } from '../rows.ts';

/** The image and its bytes; null where either is missing. */
export async function findImage(
  db: Db,
  shopId: string,
  files: GridFiles,
  name: string,
): Promise<Image | null> {
  const document = await db.collection('product_images').findOne({ shop_id: shopId, name });
  if (!document) return null;
  const { contentType, sha256, createdAt, fileId } = fromDocument<ImageRow>(document);
  const bytes = await files.read({ fileId, sha256 });
  return bytes && { name, contentType, bytes, sha256, createdAt };
}

/** Whether an image's row names the file. */
export async function isImageFile(db: Db, shopId: string, fileId: string): Promise<boolean> {
  const row = await db.collection('product_images').findOne({ shop_id: shopId, file_id: toId(fileId) });
  return row !== null;
}
