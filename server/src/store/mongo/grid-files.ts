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
const LOOKED_AT_ONCE = 1000;
/** No upload takes so long: there are seconds between the first bytes and the row that names them. */
export const UNDER_WAY_MS = 24 * 3_600_000;

export interface SavedFile {
  byteCount: number;
  sha256: string;
  fileId: string;
}

export class GridFiles {
  readonly #db: Db;
  readonly #name: string;
  readonly #bucket: GridFSBucket;
  readonly #shopId: string;

  constructor(db: Db, bucketName: 'image_files' | 'model_files', shopId: string) {
    this.#db = db;
    this.#name = bucketName;
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
    const bytes = await this.readAsIs(fileId);
    return bytes && createHash('sha256').update(bytes).digest('hex') === sha256 ? bytes : null;
  }

  /** Whatever bytes are there; null where they are missing, or a part of them is. */
  async readAsIs(fileId: string): Promise<Uint8Array | null> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of this.#bucket.openDownloadStream(new ObjectId(fileId))) chunks.push(chunk);
    } catch (error) {
      const { code, name } = error as { code?: unknown; name?: unknown };
      if (code === 'ENOENT' || name === 'MongoGridFSChunkError') return null;
      throw error;
    }
    return Buffer.concat(chunks);
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

  /** Removes what was uploaded before an instant and whose upload or removal was cut off: what no row names. */
  async sweep(before: number, isNamed: IsNamed): Promise<void> {
    await this.#sweepFiles(before, isNamed);
    // Theirs may be another shop's, and under way: by the clock that names them, whatever `before` is.
    await this.#sweepChunks(Math.min(before, Date.now() - UNDER_WAY_MS));
  }

  async #sweepFiles(before: number, isNamed: IsNamed): Promise<void> {
    const old = this.#bucket.find({
      'metadata.shop_id': this.#shopId,
      uploadDate: { $lt: new Date(before) },
    });
    for await (const { _id } of old) {
      const id = _id.toHexString();
      if (!(await isNamed(id))) await this.remove(id);
    }
  }

  /** The bytes come before the document of their file, and go after it. Their id knows when they came, not whose they are. */
  async #sweepChunks(before: number): Promise<void> {
    const chunks = this.#db.collection(`${this.#name}.chunks`);
    const seconds = Math.max(0, Math.floor(before / 1000));
    // By the index of the bucket alone.
    const old = chunks.aggregate<{ _id: ObjectId }>([
      { $match: { files_id: { $lt: ObjectId.createFromTime(seconds) } } },
      { $sort: { files_id: 1 } },
      { $group: { _id: '$files_id' } },
    ]);
    let ids: ObjectId[] = [];
    const removeLoose = async (): Promise<void> => {
      const found = this.#db.collection(`${this.#name}.files`).find({ _id: { $in: ids } });
      const whole = new Set((await found.project({ _id: 1 }).toArray()).map(({ _id }) => String(_id)));
      const loose = ids.filter((id) => !whole.has(id.toHexString()));
      if (loose.length > 0) await chunks.deleteMany({ files_id: { $in: loose } });
      ids = [];
    };
    for await (const { _id } of old) {
      ids.push(_id);
      if (ids.length === LOOKED_AT_ONCE) await removeLoose();
    }
    await removeLoose();
  }
}

/** Whether the row that was to name the bytes is surely not there. Of an unknown outcome the bytes stay. */
export function belongsToNoRow(error: unknown): boolean {
  return error instanceof ShopError && error.code !== 'outcome_unknown' && error.code !== 'store_unavailable';
}
