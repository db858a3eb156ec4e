// Passwords and their hashes. New hashes are argon2id; those that the older backend wrote are only checked, and
// replaced at the next login. A text that is no hash of a known form never verifies and costs as much time as one.

import { type Argon2Parameters, argon2, pbkdf2, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const deriveArgon2 = promisify(argon2);
const derivePbkdf2 = promisify(pbkdf2);
const deriveScrypt = promisify<
  string,
  Buffer,
  number,
  { N: number; r: number; p: number; maxmem: number },
  Buffer
>(scrypt);

export interface PasswordCost {
  memoryKib: number;
  passes: number;
}

/** 19 MiB, two passes, one lane: about 45 ms. */
const PASSWORD_COST: PasswordCost = { memoryKib: 19_456, passes: 2 };
const LANES = 1;
const TAG_BYTES = 32;
/** Characters of 62 kinds: 131 bits. */
const SALT_LENGTH = 22;
const SALT_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const ARGON2 = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
const SCRYPT = /^scrypt:(\d{1,7}):(\d{1,2}):(\d{1,2})\$([^$]{1,200})\$([0-9a-f]{128})$/;
const PBKDF2 = /^pbkdf2:sha256:(\d{1,7})\$([^$]{1,200})\$([0-9a-f]{64})$/;

// A stored hash decides how much work a login costs: what is dearer than any that was ever written is refused.
const MAX_MEMORY_KIB = 262_144;
const MAX_PASSES = 10;
const MAX_SCRYPT_MEMORY = 256 * 1024 * 1024;
const MAX_ITERATIONS = 2_000_000;

/** The PHC text of an argon2id hash. `randomText` makes the salt. */
export async function hashPassword(
  password: string,
  randomText: (length: number, alphabet: string) => string,
  cost = PASSWORD_COST,
): Promise<string> {
  const salt = Buffer.from(randomText(SALT_LENGTH, SALT_ALPHABET), 'utf8');
  const tag = await argon2id(password, salt, cost.memoryKib, cost.passes, LANES, TAG_BYTES);
  return `${phcPrefix(cost)}${toPhcBase64(salt)}$${toPhcBase64(tag)}`;
}

/** Whether the password is the one of the stored hash. null: there is no such account; takes as long as one. */
export async function verifyPassword(
  password: string,
  stored: string | null,
  cost = PASSWORD_COST,
): Promise<boolean> {
  const check = stored === null ? null : readHash(stored);
  if (check !== null) return check(password);
  await readHash(hashOfNobody(cost))?.(password);
  return false;
}

/** Whether a hash that verified should be replaced by one of today's form and cost. */
export function isOutdatedHash(stored: string, cost = PASSWORD_COST): boolean {
  return !stored.startsWith(phcPrefix(cost));
}

/** The hash of nobody's password, for accounts that do not exist. */
function hashOfNobody(cost: PasswordCost): string {
  const [salt, tag] = [Buffer.alloc(SALT_LENGTH, 'nobody'), Buffer.alloc(TAG_BYTES)];
  return `${phcPrefix(cost)}${toPhcBase64(salt)}$${toPhcBase64(tag)}`;
}

type Check = (password: string) => Promise<boolean>;

function readHash(stored: string): Check | null {
  return readArgon2(stored) ?? readScrypt(stored) ?? readPbkdf2(stored);
}

function readArgon2(stored: string): Check | null {
  const match = ARGON2.exec(stored);
  if (!match) return null;
  const [memory, passes, lanes] = match.slice(1, 4).map(Number) as [number, number, number];
  const salt = Buffer.from(match[4] as string, 'base64');
  const tag = Buffer.from(match[5] as string, 'base64');
  if (memory > MAX_MEMORY_KIB || memory < 8 * lanes || passes < 1 || passes > MAX_PASSES) return null;
  if (lanes < 1 || salt.length < 8 || tag.length < 16 || tag.length > 64) return null;
  return async (password) =>
    timingSafeEqual(await argon2id(password, salt, memory, passes, lanes, tag.length), tag);
}

/** `scrypt:32768:8:1$salt$hex`; the salt counts as the text it is. */
function readScrypt(stored: string): Check | null {
  const match = SCRYPT.exec(stored);
  if (!match) return null;
  const [N, r, p] = match.slice(1, 4).map(Number) as [number, number, number];
  const memory = 128 * N * r * p;
  if (N < 2 || (N & (N - 1)) !== 0 || r < 1 || p < 1 || memory > MAX_SCRYPT_MEMORY) return null;
  const salt = Buffer.from(match[4] as string, 'utf8');
  const tag = Buffer.from(match[5] as string, 'hex');
  // Node's own limit is exactly the 32 MiB that the blocks alone take.
  const options = { N, r, p, maxmem: memory + 4 * 1024 * 1024 };
  return async (password) => timingSafeEqual(await deriveScrypt(password, salt, tag.length, options), tag);
}

/** `pbkdf2:sha256:<iterations>$salt$hex` */
function readPbkdf2(stored: string): Check | null {
  const match = PBKDF2.exec(stored);
  if (!match) return null;
  const iterations = Number(match[1]);
  if (iterations < 1 || iterations > MAX_ITERATIONS) return null;
  const salt = Buffer.from(match[2] as string, 'utf8');
  const tag = Buffer.from(match[3] as string, 'hex');
  return async (password) =>
    timingSafeEqual(await derivePbkdf2(password, salt, iterations, tag.length, 'sha256'), tag);
}

function argon2id(
  password: string,
  salt: Buffer,
  memory: number,
  passes: number,
  parallelism: number,
  tagLength: number,
): Promise<Buffer> {
  const parameters: Argon2Parameters = {
    message: password,
    nonce: salt,
    parallelism,
    tagLength,
    memory,
    passes,
  };
  return deriveArgon2('argon2id', parameters);
}

function phcPrefix({ memoryKib, passes }: PasswordCost): string {
  return `$argon2id$v=19$m=${memoryKib},t=${passes},p=${LANES}$`;
}

function toPhcBase64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}
