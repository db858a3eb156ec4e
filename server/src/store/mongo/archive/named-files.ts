// The rows whose bytes stand in GridFS.

import type { CollectionName, ImageRow, ModelRow, Rows, StoredModel } from '../rows.ts';

export const WITH_FILES = ['product_images', 'models'] as const;

interface NamedFile {
  bucket: 'image_files' | 'model_files';
  file: Pick<StoredModel, 'fileId' | 'sha256'>;
}

export function filesOf(collection: CollectionName, row: Rows[CollectionName]): NamedFile[] {
  if (collection === 'product_images') return [{ bucket: 'image_files', file: row as ImageRow }];
  if (collection !== 'models') return [];
  const { current, previous } = row as ModelRow;
  return [current, previous].flatMap((file) => (file ? [{ bucket: 'model_files' as const, file }] : []));
}
