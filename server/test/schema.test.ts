import assert from 'node:assert/strict';
import { it } from 'node:test';
import { SCHEMA } from '../src/store/mongo/schema/prepare.ts';
import { readMigrations } from '../src/store/sqlite/migrate.ts';

it('an archive of the embedded store may be restored into MongoDB: both know the same schema', () => {
  assert.equal(SCHEMA, readMigrations().at(-1)?.number);
});
