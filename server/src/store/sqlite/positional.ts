// Statements name their parameters, and the driver binds them by number: looking each name up anew took more time than
// the insert itself.

import type { SQLInputValue } from 'node:sqlite';

/** The values of a statement by their names. */
export type Params = Record<string, SQLInputValue>;

export interface Positional {
  /**
   * The statement with `?` in place of a name that stands there for the first time, and `?1`, `?2`, ... where it stands
   * again: a number is a name to the database, and the driver reads all of them for each value that it binds.
   */
  sql: string;
  /** The name that belongs to each number, from 1. */
  names: readonly string[];
}

/** Texts in quotes and comments stay as they are; whatever else follows a colon is a name. */
const NAME = /'[^']*'|"[^"]*"|--[^\n]*|:([A-Za-z_]\w*)/g;

export function toPositional(named: string): Positional {
  const names: string[] = [];
  const sql = named.replace(NAME, (text, name?: string) => {
    if (name === undefined) return text;
    const known = names.indexOf(name);
    if (known >= 0) return `?${known + 1}`;
    names.push(name);
    return '?';
  });
  return { sql, names };
}

/** The values in the order of the names. Throws for a name without a value: the database would take it for NULL. */
export function valuesOf(names: readonly string[], params: Params): SQLInputValue[] {
  const values: SQLInputValue[] = [];
  for (const name of names) {
    const value = params[name];
    if (value === undefined) throw new TypeError(`the parameter :${name} has no value`);
    values.push(value);
  }
  return values;
}

/** Throws for a value that no name of the statement takes. */
export function refuseUnnamed(names: readonly string[], params: Params): void {
  const unknown = Object.keys(params).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new TypeError(`the statement has no parameter :${unknown}`);
}
