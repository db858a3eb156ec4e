// The file of a backup: one readable line that says what it is, the data (compressed, and encrypted where asked), and
// a last line with the SHA-256 of all before it. Written under another name first; a file with its own name is whole.
//
// The data is text. `T name` begins a table, `R {...}` is one of its rows, `E {...}` ends with the sums of all.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { PassThrough, Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import type { ArchivePage } from '../backup-store.ts';
import { ArchiveDigest, type ArchiveSummary } from './archive-page.ts';
import {
  decrypting,
  deriveKey,
  encrypting,
  type KeyRecipe,
  newKeyRecipe,
  PassphraseWrong,
} from './cipher.ts';

const MAGIC = 'SWATI-BACKUP ';
const FORMAT = 1;
const HEAD_LIMIT = 4096;
const TRAILER = /^\nSHA-256 ([0-9a-f]{64})\n$/;
const TRAILER_BYTES = 74;
const PAGE_ROWS = 500;
const NEW_LINE = 0x0a;

/** What the first line says. */
export interface ArchiveHead {
  format: number;
  /** ISO instant. */
  madeAt: string;
  program: string;
  /** The schema that its tables have. */
  schema: number;
  /** Where it was made: sqlite or mongodb. */
  store: string;
  key: KeyRecipe | null;
}

/** The archive cannot be used; one line for people, without the file's name. */
export class ArchiveRefused extends Error {
  override name = 'ArchiveRefused';
}

/** Writes an archive and answers its sums, of the rows as they passed. The file is durable then. */
export async function writeArchive(
  file: string,
  facts: Omit<ArchiveHead, 'format' | 'key'>,
  pages: AsyncIterable<ArchivePage>,
  passphrase: string | null,
): Promise<ArchiveSummary> {
  const recipe = passphrase === null ? null : newKeyRecipe();
  const head = { format: FORMAT, ...facts, key: recipe } satisfies ArchiveHead;
  const digest = new ArchiveDigest();
  let summary: ArchiveSummary | null = null;
  async function* text(): AsyncGenerator<string> {
    let table: string | null = null;
    for await (const page of pages) {
      digest.add(page);
      if (page.table !== table) yield `T ${page.table}\n`;
      table = page.table;
      // A page at once: each piece goes to the compressor's thread and back, which costs more than a line's bytes.
      if (page.lines.length > 0) yield `R ${page.lines.join('\nR ')}\n`;
    }
    summary = digest.summary();
    yield `E ${JSON.stringify(summary)}\n`;
  }
  const cipher =
    passphrase === null || recipe === null
      ? new PassThrough()
      : encrypting(await deriveKey(passphrase, recipe));
  await pipeline(
    Readable.from(text(), { objectMode: true }),
    createZstdCompress(),
    cipher,
    framed(`${MAGIC}${JSON.stringify(head)}\n`),
    createWriteStream(file, { flags: 'wx', mode: 0o600, flush: true }),
  );
  return summary as unknown as ArchiveSummary;
}

/** Puts the first line before what passes and the checksum of all after it. */
function framed(firstLine: string): Transform {
  const hash = createHash('sha256').update(firstLine);
  let begun = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!begun) this.push(firstLine);
      begun = true;
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      done(null, `\nSHA-256 ${hash.digest('hex')}\n`);
    },
  });
}

/** Reads the whole file once against its checksum. Throws ArchiveRefused where it is no whole archive of ours. */
export async function checkArchive(file: string): Promise<ArchiveHead> {
  const facts = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR')
      throw new ArchiveRefused('there is no such file');
    throw error;
  });
  if (!facts.isFile()) throw new ArchiveRefused('it is a folder: name an archive in it');
  const { size } = facts;
  const head = await readHead(file);
  const hash = createHash('sha256');
  const end = size - TRAILER_BYTES;
  if (end <= 0) throw new ArchiveRefused('it is cut off');
  for await (const chunk of createReadStream(file, { end: end - 1 })) hash.update(chunk as Buffer);
  let trailer = '';
  for await (const chunk of createReadStream(file, { start: end }))
    trailer += (chunk as Buffer).toString('latin1');
  const expected = TRAILER.exec(trailer)?.[1];
  if (expected === undefined) throw new ArchiveRefused('it is cut off: its last line is missing');
  if (expected !== hash.digest('hex')) throw new ArchiveRefused('it is damaged: its checksum does not agree');
  return head;
}

async function readHead(file: string): Promise<ArchiveHead> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_LIMIT), 0, HEAD_LIMIT, 0);
    const text = buffer.subarray(0, bytesRead).toString('utf8');
    const [line = ''] = text.split('\n', 1);
    if (!line.startsWith(MAGIC)) throw new ArchiveRefused('it is no backup of this program');
    const head = JSON.parse(line.slice(MAGIC.length)) as ArchiveHead;
    if (head.format > FORMAT) {
      throw new ArchiveRefused(
        `it has format ${head.format}, this program reads ${FORMAT}: install the newer program`,
      );
    }
    return head;
  } catch (error) {
    if (error instanceof SyntaxError) throw new ArchiveRefused('its first line is damaged');
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * The rows of a checked archive. Throws ArchiveRefused at the end where they are not what its last row says. Whoever
 * gives a digest finds the sums of all rows in it, once the last page has passed.
 */
export async function* readArchive(
  file: string,
  head: ArchiveHead,
  passphrase: string | null,
  digest = new ArchiveDigest(),
): AsyncGenerator<ArchivePage> {
  if (head.key !== null && passphrase === null) {
    throw new ArchiveRefused('it is encrypted: give its passphrase with --passphrase-file');
  }
  const { size } = await stat(file);
  const cipher =
    head.key === null ? new PassThrough() : decrypting(await deriveKey(passphrase ?? '', head.key));
  const start = Buffer.byteLength(`${MAGIC}${JSON.stringify(head)}\n`);
  const text = createZstdDecompress();
  const flow = pipeline(createReadStream(file, { start, end: size - TRAILER_BYTES - 1 }), cipher, text);
  // The reader below learns of a failure from the stream itself.
  flow.catch(() => undefined);
  try {
    yield* pagesOf(linesOf(text), digest);
    await flow;
  } catch (error) {
    if (error instanceof ArchiveRefused) throw error;
    const cause = await flow.then(
      () => error,
      (reason: unknown) => reason,
    );
    if (cause instanceof PassphraseWrong) throw new ArchiveRefused(cause.message);
    throw new ArchiveRefused(`it cannot be read: ${(cause as Error).message}`);
  }
}

async function* linesOf(text: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let held: Buffer[] = [];
  for await (const chunk of text) {
    let start = 0;
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, start)) {
      held.push(chunk.subarray(start, end));
      yield (held.length === 1 ? (held[0] as Buffer) : Buffer.concat(held)).toString('utf8');
      held = [];
      start = end + 1;
    }
    if (start < chunk.length) held.push(chunk.subarray(start));
  }
}

async function* pagesOf(lines: AsyncIterable<string>, digest: ArchiveDigest): AsyncGenerator<ArchivePage> {
  let page: ArchivePage | null = null;
  for await (const line of lines) {
    const kind = line.slice(0, 2);
    const rest = line.slice(2);
    if (kind === 'R ' && page) {
      page.lines.push(rest);
      if (page.lines.length < PAGE_ROWS) continue;
    }
    if (page && page.lines.length > 0) {
      digest.add(page);
      yield page;
      page = { table: page.table, lines: [] };
    }
    if (kind === 'T ') page = { table: rest, lines: [] };
    if (kind !== 'E ') continue;
    const { digest: expected } = JSON.parse(rest) as ArchiveSummary;
    if (digest.summary().digest !== expected)
      throw new ArchiveRefused('its rows are not those it was made of');
    return;
  }
  throw new ArchiveRefused('it is cut off: its last row is missing');
}
