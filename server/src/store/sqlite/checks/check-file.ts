// The database itself: its pages and indexes, the references between its rows, and the triggers that guard them.

import type { Problems } from '../../books/problems.ts';
import type { Db } from '../database.ts';
import { readMigrations } from '../migrate.ts';

const MAX_ROWS = 100;

export function checkIntegrity(db: Db, problems: Problems): void {
  for (const row of db.all<{ integrity_check: string }>(`PRAGMA integrity_check(${MAX_ROWS})`)) {
    if (row.integrity_check !== 'ok') problems.add(`database: ${row.integrity_check}`);
  }
}

/** The triggers of the migrations: without them rows that must never change could be changed. */
export function checkTriggers(db: Db, problems: Problems): void {
  const present = new Set(
    db.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).map(({ name }) => name),
  );
  const needed = new Set<string>();
  for (const { sql } of readMigrations()) {
    for (const [, verb, name] of sql.matchAll(/^(CREATE|DROP) TRIGGER (?:IF (?:NOT )?EXISTS )?(\w+)/gm)) {
      if (verb === 'CREATE') needed.add(name as string);
      else needed.delete(name as string);
    }
  }
  for (const name of needed) {
    if (!present.has(name)) problems.add(`database: the trigger ${name} is missing`);
  }
}

interface Reference {
  table: string;
  parent: string;
  columns: { from: string; to: string }[];
}

/** Rows that point to a row that is not there, named by their keys. */
export function checkReferences(db: Db, problems: Problems): void {
  const broken = db.all<{ table: string; fkid: number }>(
    'SELECT DISTINCT "table", fkid FROM pragma_foreign_key_check ORDER BY "table", fkid',
  );
  for (const { table, fkid } of broken) {
    const reference = findReference(db, table, fkid);
    for (const key of orphans(db, reference)) {
      const names = reference.columns.map(({ from }) => from).join(', ');
      problems.add(`${table} ${key}: the row of ${reference.parent} that its ${names} points to is missing`);
    }
  }
}

function findReference(db: Db, table: string, fkid: number): Reference {
  const rows = db.all<{ parent: string; from: string; to: string }>(
    'SELECT "table" AS parent, "from", "to" FROM pragma_foreign_key_list(:table) WHERE id = :fkid ORDER BY seq',
    { table, fkid },
  );
  return { table, parent: rows[0]?.parent ?? '', columns: rows.map(({ from, to }) => ({ from, to })) };
}

function orphans(db: Db, { table, parent, columns }: Reference): string[] {
  const own = db
    .all<{ name: string }>('SELECT name FROM pragma_table_info(:table) WHERE pk > 0 ORDER BY pk', { table })
    .map(({ name }) => name);
  // Payments have no key of their own: they are those of what they point to.
  const key = (own.length > 0 ? own : columns.map(({ from }) => from)).map((name) => `c.${quoted(name)}`);
  const given = columns.map(({ from }) => `c.${quoted(from)} IS NOT NULL`).join(' AND ');
  const same = columns.map(({ from, to }) => `p.${quoted(to)} = c.${quoted(from)}`).join(' AND ');
  return db
    .all<{ key: string }>(
      `SELECT DISTINCT ${key.join(` || ' ' || `)} AS key FROM ${quoted(table)} c
       WHERE ${given} AND NOT EXISTS (SELECT 1 FROM ${quoted(parent)} p WHERE ${same}) LIMIT :limit`,
      { limit: MAX_ROWS },
    )
    .map((row) => String(row.key));
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
