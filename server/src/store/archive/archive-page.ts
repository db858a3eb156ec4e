// The portable form of a shop's data: table by table, a line of JSON a row, the same from every store. Both adapters
// speak it, so that a backup of one can be restored into the other and two stores can be compared by their digests.

import { createHash, type Hash } from 'node:crypto';
import type { ArchivePage } from '../backup-store.ts';

/** The table that holds the bytes of the images: `{base64, name}` each; no bytes, where they are missing. */
export const IMAGE_BYTES = 'image_bytes';

/** One row in the form whose bytes are hashed: columns by name, no spaces. */
export function toArchiveLine(row: Record<string, unknown>): string {
  const sorted: Record<string, unknown> = {};
  for (const column of Object.keys(row).sort()) {
    const value = row[column];
    sorted[column] =
      value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : (value ?? null);
  }
  return JSON.stringify(sorted);
}

export type ArchiveValue = string | number | null | Uint8Array;

/** Takes a line apart again; throws SyntaxError where it is none. */
export function readArchiveLine(line: string): Record<string, ArchiveValue> {
  // In its place, since almost no value is anything else than what was parsed.
  const row = JSON.parse(line) as Record<string, ArchiveValue | { base64: string }>;
  for (const [column, value] of Object.entries(row)) {
    if (value !== null && typeof value === 'object' && 'base64' in value) {
      row[column] = Buffer.from(value.base64, 'base64');
    }
  }
  return row as Record<string, ArchiveValue>;
}

export interface TableSummary {
  rows: number;
  /** SHA-256 over the lines, each with its line end. */
  sha256: string;
}

export interface ArchiveSummary {
  tables: Record<string, TableSummary>;
  /** SHA-256 over the tables by name, each `name rows sha256` and a line end: equal data has an equal digest. */
  digest: string;
}

/** Counts and hashes the pages of one store or archive as they pass. */
export class ArchiveDigest {
  readonly #tables = new Map<string, { rows: number; hash: Hash }>();
  #summary: ArchiveSummary | null = null;

  add({ table, lines }: ArchivePage): void {
    let seen = this.#tables.get(table);
    if (!seen) {
      seen = { rows: 0, hash: createHash('sha256') };
      this.#tables.set(table, seen);
    }
    seen.rows += lines.length;
    for (const line of lines) seen.hash.update(`${line}\n`);
  }

  /** Ends the hashing: no page comes after it. Tables without rows do not count, as another store may not have them. */
  summary(): ArchiveSummary {
    this.#summary ??= this.#sumUp();
    return this.#summary;
  }

  #sumUp(): ArchiveSummary {
    const tables: Record<string, TableSummary> = {};
    const digest = createHash('sha256');
    for (const table of [...this.#tables.keys()].sort()) {
      const { rows, hash } = this.#tables.get(table) as { rows: number; hash: Hash };
      if (rows === 0) continue;
      const sha256 = hash.digest('hex');
      tables[table] = { rows, sha256 };
      digest.update(`${table} ${rows} ${sha256}\n`);
    }
    return { tables, digest: digest.digest('hex') };
  }
}

/** Sums up a whole dump. */
export async function summarise(
  pages: AsyncIterable<ArchivePage> | Iterable<ArchivePage>,
): Promise<ArchiveSummary> {
  const digest = new ArchiveDigest();
  for await (const page of pages) digest.add(page);
  return digest.summary();
}

/** The tables on which two summaries differ, one line for people each. */
export function differences(expected: ArchiveSummary, found: ArchiveSummary): string[] {
  const names = new Set([...Object.keys(expected.tables), ...Object.keys(found.tables)]);
  return [...names].sort().flatMap((table) => {
    const [a, b] = [expected.tables[table], found.tables[table]];
    if (a?.sha256 === b?.sha256) return [];
    return [`${table}: ${a?.rows ?? 0} rows expected, ${b?.rows ?? 0} found, and their contents differ`];
  });
}
