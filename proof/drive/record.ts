// The client's own record, in files of its own: what was sent, and which of the three outcomes it had. The program is
// never asked whether it lost something; what it holds is compared with this.

import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, isDone, isUnknown, type Row } from './client.ts';

export type Outcome = 'ok' | 'refused' | 'unknown';

/** One write as the client knows it. `name` is what it can be found by in the store, such as a reference. */
export interface Noted {
  name: string;
  fields: Row;
}

/** The same as it was written down. */
interface KeptAnswer extends Noted {
  status: number;
  why: string;
}

export class ClientRecord {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** Writes an answer down before anything else happens with it. */
  note(answer: Answer, noted: Noted): Outcome {
    const outcome = outcomeOf(answer);
    appendFileSync(
      join(this.#folder, outcome),
      `${JSON.stringify({ ...noted, status: answer.status, why: answer.why })}\n`,
    );
    return outcome;
  }

  /** All of one outcome, by name; the last one noted under a name counts. */
  read(outcome: Outcome): Map<string, KeptAnswer> {
    let text = '';
    try {
      text = readFileSync(join(this.#folder, outcome), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const lines = text.split('\n').filter((line) => line !== '');
    const all = lines.map((line) => JSON.parse(line) as KeptAnswer);
    return new Map(all.map((one) => [one.name, one]));
  }
}

function outcomeOf(answer: Answer): Outcome {
  if (isDone(answer)) return 'ok';
  return isUnknown(answer) ? 'unknown' : 'refused';
}

/** A row of the store, by the name that the client gave it. */
export interface StoredRow {
  name: string;
  row: Row;
}

/** What breaks `ok within stored within ok and unknown`, `refused and stored apart`, and one effect for each. */
export function compareStored(record: ClientRecord, rows: readonly StoredRow[]): string[] {
  const [ok, refused, unknown] = [record.read('ok'), record.read('refused'), record.read('unknown')];
  const stored = new Map(rows.map(({ name, row }) => [name, row]));
  const problems: string[] = [];
  if (stored.size !== rows.length)
    problems.push(`${rows.length - stored.size} writes had more than one effect`);
  for (const [name, { fields }] of ok) {
    const row = stored.get(name);
    if (row) problems.push(...differences(name, fields, row));
    else problems.push(`acknowledged and lost: ${name}`);
  }
  for (const name of stored.keys()) {
    if (refused.has(name)) problems.push(`refused and yet stored: ${name}`);
    else if (!ok.has(name) && !unknown.has(name)) problems.push(`stored and never sent: ${name}`);
  }
  return problems;
}

function differences(name: string, fields: Row, row: Row): string[] {
  return Object.entries(fields)
    .filter(([field, value]) => row[field] !== value)
    .map(([field, value]) => `${name}: ${field} is ${row[field]}, acknowledged was ${value}`);
}
