// Bytes too large for a document, in GridFS: uploaded images and trained models. Bytes without a row are no harm: they
// are never served, and sweeping removes them. They are written before their row, outside of its transaction, which
// GridFS does not know.

import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { type Db, GridFSBucket, ObjectId, ReadPreference } from 'mongodb';
import { COMMITTED, DURABLE } from './concerns.ts';

export interface SavedFile {
  byteCount: number;
  sha256: string;
  fileId: string;
}

export class GridFiles {
  readonly #bucket: GridFSBucket;
  readonly #shopId: string;

  constructor(db: Db, bucketName: 'image_files' | 'model_files', shopId: string) {
    const concerns = { readConcern: COMMITTED, writeConcern: DURABLE };
    this.#bucket = new GridFSBucket(db, { bucketName, ...concerns, readPreference: ReadPreference.primary });
    this.#shopId = shopId;
  }

  /** Durable when it resolves. */
  async save(name: string, bytes: Uint8Array): Promise<SavedFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = new ObjectId();
    const metadata = { shop_id: this.#shopId, sha256 };
    const upload = this.#bucket.openUploadStreamWithId(file, name, { metadata });
    upload.end(bytes);
    await finished(upload);
    return { byteCount: bytes.length, sha256, fileId: file.toHexString() };
  }

  /** Null where the bytes are missing, or are not those that were stored. */
  async read({ fileId, sha256 }: Pick<SavedFile, 'fileId' | 'sha256'>): Promise<Uint8Array | null> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of this.#bucket.openDownloadStream(new ObjectId(fileId))) chunks.push(chunk);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ENOENT') return null;
      throw error;
    }
    const bytes = Buffer.concat(chunks);
    return createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null;
  }

  /** Bytes that are gone already are as good as removed. */
  async remove(fileId: string): Promise<void> {
    await this.#bucket.delete(new ObjectId(fileId)).catch((error: Error) => {
      if (!/File not found/i.test(error.message)) throw error;
    });
  }

  /** Removes files uploaded before an instant whose upload or removal was cut off: those that no row names. */
  async sweep(before: number, isNamed: (fileId: string) => Promise<boolean>): Promise<void> {
    const old = this.#bucket.find({
      'metadata.shop_id': this.#shopId,
      uploadDate: { $lt: new Date(before) },
    });
    for await (const { _id } of old) {
      const id = _id.toHexString();
      if (!(await isNamed(id))) await this.remove(id);
    }
  }
}
