import type { Db } from 'mongodb';
import { pictureProblem } from '../../archive/picture-problem.ts';
import type { Problems } from '../../books/problems.ts';
import { fromDocument } from '../codec.ts';
import { GridFiles } from '../grid-files.ts';
import { isImageFile } from '../reads/images.ts';
import type { ImageRow } from '../rows.ts';

/** The bytes of each picture against the hash of what was uploaded. */
export async function checkPictures(db: Db, shopId: string, problems: Problems): Promise<void> {
  const files = new GridFiles(db, 'image_files', shopId);
  const found = db.collection('product_images').find({ shop_id: shopId }).sort({ name: 1 });
  for await (const document of found) {
    const { name, sha256, fileId } = fromDocument<ImageRow>(document);
    const problem = pictureProblem(name, sha256, await files.readAsIs(fileId));
    // One that was removed meanwhile is no problem: its row goes before its bytes.
    if (problem !== null && (await isImageFile(db, shopId, fileId))) problems.add(problem);
  }
}
