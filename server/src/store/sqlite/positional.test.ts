import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { newTestFolder } from '../../../test/test-database.ts';
import { openConnection } from './database.ts';
import { toPositional } from './positional.ts';

describe('parameters by name', () => {
  it('get a number each, the same one wherever the name stands again', () => {
    assert.deepEqual(toPositional('SELECT :b, :a_1 WHERE x = :b AND y BETWEEN :a_1 AND :c'), {
      sql: 'SELECT ?, ? WHERE x = ?1 AND y BETWEEN ?2 AND ?',
      names: ['b', 'a_1', 'c'],
    });
  });

  it('are not looked for in texts, quoted names and comments', () => {
    const sql = `SELECT ':a', 'it''s :b', ":c" -- and :d\n, :e`;
    assert.deepEqual(toPositional(sql), {
      sql: `SELECT ':a', 'it''s :b', ":c" -- and :d\n, ?`,
      names: ['e'],
    });
  });

  it('are bound by their names, and one too many or without a value is refused', () => {
    const folder = newTestFolder();
    const db = openConnection(join(folder, 'a.db'), 'make');
    try {
      const sql = "SELECT :b AS b, :a || ':a' || :b AS both";
      assert.deepEqual({ ...db.get<object>(sql, { a: 'x', b: 'y' }) }, { b: 'y', both: 'x:ay' });
      assert.deepEqual({ ...db.get<object>(sql, { b: 'y', a: null }) }, { b: 'y', both: null });
      assert.throws(() => db.get(sql, { a: 'x' }), /the parameter :b has no value/);
      assert.throws(() => db.get('SELECT :a', { a: 1, z: 2 }), /no parameter :z/);
    } finally {
      db.close();
      rmSync(folder, { recursive: true });
    }
  });
});
