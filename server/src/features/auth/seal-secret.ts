// Secrets that must be read again, unlike passwords, are kept sealed (AES-256-GCM) by a key that comes from the shop's
// JWT secret, so that the database alone, or an archive of it, makes no codes. Bound to the account: moved to another
// one it does not open.

import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** Twelve characters are the twelve bytes that the cipher wants. */
const NONCE_LENGTH = 12;
const NONCE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

interface Sealing {
  config: { jwtSecret: string };
  randomText: (length: number, alphabet: string) => string;
}

export function sealSecret(secret: string, userId: string, { config, randomText }: Sealing): string {
  const nonce = randomText(NONCE_LENGTH, NONCE_ALPHABET);
  const cipher = createCipheriv(CIPHER, keyOf(config.jwtSecret), nonce);
  cipher.setAAD(Buffer.from(userId));
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${nonce}.${sealed.toString('base64url')}`;
}

/** null: it was sealed under another key or for another account. */
export function openSealed(
  sealed: string,
  userId: string,
  { config }: Pick<Sealing, 'config'>,
): string | null {
  const [nonce = '', text = ''] = sealed.split('.');
  const bytes = Buffer.from(text, 'base64url');
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(config.jwtSecret), nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(userId));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return decipher.update(bytes.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return null;
  }
}

function keyOf(jwtSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', jwtSecret, '', 'swati second step of signing in', KEY_BYTES));
}
