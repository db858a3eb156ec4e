import type { Db } from 'mongodb';
import type { ImageStore } from '../store.ts';
import { belongsToNoRow, GridFiles } from './grid-files.ts';
import { findImage, isImageFile } from './reads/images.ts';
import type { Write } from './writes/writer.ts';

export function imagesOf(db: Db, shop: string, write: Write): ImageStore {
  const files = new GridFiles(db, 'image_files', shop);
  const isNamed = (fileId: string): Promise<boolean> => isImageFile(db, shop, fileId);
  return {
    find: (name) => findImage(db, shop, files, name),
    add: async ({ name, contentType, bytes }, by) => {
      const file = await files.save(name, bytes);
      try {
        const added = await write('images.add', [{ name, contentType, ...file }], by);
        // A repeat of an earlier upload was answered with that: these bytes belong to no row.
        if (by.claim) await files.discard(file.fileId, isNamed);
        return added;
      } catch (error) {
        if (belongsToNoRow(error)) await files.discard(file.fileId);
        throw error;
      }
    },
    remove: async (name, by) => {
      const { value, ...written } = await write('images.remove', [name], by);
      await files.discard(value.fileId);
      return { ...written, value: null };
    },
    removeOrphans: async (before, by) => {
      const { value, ...written } = await write('images.removeOrphans', [before], by);
      for (const { fileId } of value) await files.discard(fileId);
      await files.sweep(before, isNamed);
      return { ...written, value: value.map(({ name }) => name) };
    },
  };
}
