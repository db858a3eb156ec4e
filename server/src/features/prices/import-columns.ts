// Which column of a file is which field: by the names that people use, or as `--map ours=theirs` says.

import { quoted } from './import-cells.ts';
import { FileRefused } from './import-table.ts';

export interface ColumnRule {
  field: string;
  /** Other names of it, in small letters with underscores. */
  names: readonly string[];
  required?: boolean;
}

/** `--map ours=theirs`, read. */
export type ColumnMap = ReadonlyMap<string, string>;

export interface Columns {
  /** Field to its place in a row. */
  places: ReadonlyMap<string, number>;
  /** Names of columns that nobody asked for. */
  unread: string[];
}

/** Reads the values of `--map`; a text for people where one is wrong. */
export function readColumnMap(
  rules: readonly ColumnRule[],
  words: readonly string[],
): ColumnMap | { problem: string } {
  const map = new Map<string, string>();
  for (const word of words) {
    const [ours = '', theirs] = splitOnce(word);
    const rule = rules.find(({ field, names }) => [field, ...names].includes(plainName(ours)));
    if (!theirs || !rule) {
      const fields = rules.map(({ field }) => field).join(', ');
      return { problem: `--map ${word}: must be OURS=THEIRS, with OURS one of ${fields}` };
    }
    if (map.has(rule.field)) return { problem: `--map ${word}: ${rule.field} is mapped already` };
    map.set(rule.field, theirs);
  }
  return map;
}

/** Finds the fields' columns. Throws FileRefused naming everything that is missing or said twice. */
export function findColumns(
  rules: readonly ColumnRule[],
  header: readonly string[],
  map: ColumnMap,
  line: number,
): Columns {
  const names = header.map(plainName);
  const places = new Map<string, number>();
  const problems: string[] = [];
  for (const { field, names: others, required } of rules) {
    const theirs = map.get(field);
    const wanted = theirs === undefined ? [field, ...others] : [plainName(theirs)];
    const taken = new Set(theirs === undefined ? [...map.values()].map(plainName) : []);
    const found = [...names.keys()].filter((place) => {
      const name = names[place] ?? '';
      return name !== '' && wanted.includes(name) && !taken.has(name);
    });
    if (found.length > 1) {
      const both = found.map((place) => quoted(header[place])).join(' and ');
      problems.push(`${both} could both be ${field}: say which with --map ${field}=NAME`);
    } else if (found[0] !== undefined) places.set(field, found[0]);
    else if (theirs !== undefined) problems.push(`there is no column ${quoted(theirs)} for ${field}`);
    else if (required) problems.push(`there is no column for ${field} (say which with --map ${field}=NAME)`);
  }
  if (problems.length > 0) {
    throw new FileRefused(
      `line ${line}: ${problems.join('; ')}. Its columns: ${header.map(quoted).join(', ')}`,
    );
  }
  const used = new Set(places.values());
  return { places, unread: header.filter((name, place) => name !== '' && !used.has(place)).map(quoted) };
}

/** Small letters, one underscore for whatever is neither letter nor digit. */
function plainName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  return plain === '' ? name.trim() : plain;
}

/** At the first equals sign: the file's name may have others. */
function splitOnce(word: string): [string, string | undefined] {
  const at = word.indexOf('=');
  return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1).trim()];
}
