import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigRefused } from '../config.ts';
import { syncPath } from '../store/sqlite/image-files.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { StoreUnreachable } from '../store/store-refused.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';
import { giveToOwner } from '../system/give-to-owner.ts';
import { makeFolder } from '../system/make-folder.ts';

const OWNER_ONLY = 0o600;
const ANYBODY_ELSE = 0o077;
const MIN_LENGTH = 32;

/** Makes the folder of the shop's data, closed to others. Refuses with one line where that is not possible. */
export function makeDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
  } catch (error) {
    if (isDiskFull(error)) throw withoutRoom(dataDir);
    throw new ConfigRefused([
      `DATA_DIR ${dataDir} cannot be made: ${describeFileTrouble(error) ?? (error as Error).message}`,
    ]);
  }
}

/**
 * The secret that signs tokens, made once and kept in DATA_DIR/secrets.json, readable by the owner alone. Without it,
 * every restart would sign everybody out.
 */
export function keepSecret(dataDir: string, make: () => string): string {
  const file = join(dataDir, 'secrets.json');
  try {
    return readSecret(file) ?? writeSecret(file, make());
  } catch (error) {
    if (error instanceof ConfigRefused) throw error;
    if (isDiskFull(error)) throw withoutRoom(file);
    throw new ConfigRefused([
      describeFileTrouble(error, file) ?? `${file} cannot be used: ${(error as Error).message}`,
    ]);
  }
}

/** Room may come, so a start is tried again. */
function withoutRoom(path: string): StoreUnreachable {
  return new StoreUnreachable(`${path}: its disk is full. Free some room there; nothing needs repair`);
}

function readSecret(file: string): string | null {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return null;
  if ((stats.mode & ANYBODY_ELSE) !== 0) chmodSync(file, OWNER_ONLY);
  const secret = parse(readFileSync(file, 'utf8'))?.jwtSecretKey;
  if (typeof secret === 'string' && secret.length >= MIN_LENGTH) return secret;
  throw new ConfigRefused([
    `${file} holds no usable secret; remove it to have a new one made (signs everybody out)`,
  ]);
}

function parse(text: string): { jwtSecretKey?: unknown } | null {
  try {
    return JSON.parse(text) as { jwtSecretKey?: unknown } | null;
  } catch {
    // The parser's own message would quote the secret.
    return null;
  }
}

/**
 * The file has its name only once it is whole: a power cut or a full disk leaves none that refuses every start. Of two
 * programs that start at once, one gives the name and both read what it wrote.
 */
function writeSecret(file: string, secret: string): string {
  const unfinished = `${file}.${randomUUID()}.new`;
  try {
    const text = `${JSON.stringify({ jwtSecretKey: secret }, null, 2)}\n`;
    writeFileSync(unfinished, text, { mode: OWNER_ONLY, flag: 'wx', flush: true });
    giveToOwner(unfinished);
    giveName(unfinished, file);
  } finally {
    rmSync(unfinished, { force: true });
  }
  syncPath(dirname(file));
  return readSecret(file) ?? secret;
}

/** Never in the place of another file: a link fails where there is one, a rename would not. */
function giveName(unfinished: string, file: string): void {
  try {
    linkSync(unfinished, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return;
    // A memory stick knows no links.
    if (!existsSync(file)) renameSync(unfinished, file);
  }
}
