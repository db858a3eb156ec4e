// Bytes too large for a document, in GridFS: uploaded images and trained models. Bytes without a row are no harm: they
// are never served, and sweeping removes them. They are written before their row, outside of its transaction, which
// GridFS does not know.

import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import { type Db, GridFSBucket, ObjectId, ReadPreference } from 'mongodb';
import { ShopError } from '../../domain/shop-error.ts';
import { COMMITTED, DURABLE } from './concerns.ts';
import { isNotNow } from './not-now.ts';

type IsNamed = (fileId: string) => Promise<boolean>;

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

  /**
   * The same for bytes that no row names (any more). The change itself is decided: a cluster that cannot remove them now
   * must not make a refusal of it, and sweeping finds them later.
   */
  async discard(fileId: string, isNamed?: IsNamed): Promise<void> {
    try {
      if (!(await isNamed?.(fileId))) await this.remove(fileId);
    } catch (error) {
      if (!isNotNow(error)) throw error;
    }
  }

  /** Removes files uploaded before an instant whose upload or removal was cut off: those that no row names. */
  async sweep(before: number, isNamed: IsNamed): Promise<void> {
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

/** Whether the row that was to name the bytes is surely not there. Of an unknown outcome the bytes stay. */
export function belongsToNoRow(error: unknown): boolean {
  return error instanceof ShopError && error.code !== 'outcome_unknown' && error.code !== 'store_unavailable';
}
