// Encryption of an archive with a passphrase: scrypt makes the key, AES-256-GCM seals pieces of 64 KiB, each with its
// number and whether it is the last, so that none can be altered, left out, moved or cut off unseen.

import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

const PIECE = 64 * 1024;
const TAG = 16;
const KEY_BYTES = 32;

/** How the key is made; stands in clear in the archive's first line. */
export interface KeyRecipe {
  kdf: 'scrypt';
  cost: number;
  blockSize: number;
  parallel: number;
  /** Base64, 16 bytes. */
  salt: string;
}

export class PassphraseWrong extends Error {
  override name = 'PassphraseWrong';
}

export function newKeyRecipe(): KeyRecipe {
  return {
    kdf: 'scrypt',
    cost: 2 ** 17,
    blockSize: 8,
    parallel: 1,
    salt: randomBytes(16).toString('base64'),
  };
}

export function deriveKey(passphrase: string, recipe: KeyRecipe): Promise<Buffer> {
  const { cost, blockSize, parallel, salt } = recipe;
  // A foreign file must not make us compute for hours.
  if (cost > 2 ** 20 || blockSize > 32 || parallel > 4)
    throw new PassphraseWrong('the key would cost too much');
  const limits = { N: cost, r: blockSize, p: parallel, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), KEY_BYTES, limits, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/** The key is of this archive alone (its salt is random), so counting nonces never repeat. */
function nonceOf(piece: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt8(last ? 1 : 0, 0);
  nonce.writeUIntBE(piece, 6, 6);
  return nonce;
}

/** Cuts what passes into pieces of one size; `work` gets each, and the last one marked. */
class Pieces extends Transform {
  readonly #size: number;
  readonly #work: (piece: Buffer, number: number, last: boolean) => Buffer;
  #held: Buffer = Buffer.alloc(0);
  #number = 0;

  constructor(size: number, work: (piece: Buffer, number: number, last: boolean) => Buffer) {
    super();
    this.#size = size;
    this.#work = work;
  }

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    try {
      this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
      let start = 0;
      // Strictly more: the last piece is known only at the end.
      for (; this.#held.length - start > this.#size; start += this.#size) {
        this.push(this.#work(this.#held.subarray(start, start + this.#size), this.#number++, false));
      }
      this.#held = this.#held.subarray(start);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      this.push(this.#work(this.#held, this.#number, true));
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}

export function encrypting(key: Buffer): Transform {
  return new Pieces(PIECE, (piece, number, last) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number, last));
    return Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  });
}

/** Fails with PassphraseWrong at the first piece that the key does not open. */
export function decrypting(key: Buffer): Transform {
  return new Pieces(PIECE + TAG, (piece, number, last) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number, last), { authTagLength: TAG });
      decipher.setAuthTag(piece.subarray(piece.length - TAG));
      return Buffer.concat([decipher.update(piece.subarray(0, piece.length - TAG)), decipher.final()]);
    } catch {
      throw new PassphraseWrong('the passphrase is wrong');
    }
  });
}
