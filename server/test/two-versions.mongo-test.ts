// An upgrade machine by machine: the program beside the next version of itself on one cluster, each on a machine with a
// folder of its own, while people work at both. The next one brings the schema forward; the older one goes on, and can
// be started again.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { type CollectionInfo, MongoClient } from 'mongodb';
import { SCHEMA } from '../src/store/mongo/schema/prepare.ts';
import { Caller } from './caller.ts';
import { type CrewedServer, startCrew } from './crew.ts';
import { dropTestDatabase, newDatabaseUri } from './mongo-database.ts';
import { copyAsNext, workAtBoth } from './next-version.ts';
import { temporaryFolder } from './running-server.ts';

interface Rules extends CollectionInfo {
  options: { validator: { $jsonSchema: { properties: { status: { enum: string[] } } } } };
}

/** The copy with a schema that is one further, where a piece may be in a state that this program does not know. */
function copyWithNextSchema(folder: string): string {
  const program = copyAsNext(folder);
  const schema = join(dirname(program), 'store/mongo/schema');
  replaceIn(
    join(schema, 'prepare.ts'),
    `export const SCHEMA = ${SCHEMA};`,
    `export const SCHEMA = ${SCHEMA + 1};`,
  );
  replaceIn(
    join(schema, 'trade-collections.ts'),
    "oneOf('draft', 'published')",
    "oneOf('draft', 'published', 'lent')",
  );
  return program;
}

function replaceIn(file: string, old: string, text: string): void {
  const before = readFileSync(file, 'utf8');
  assert.ok(before.includes(old), `${file} tells it otherwise now`);
  writeFileSync(file, before.replace(old, text));
}

describe('two versions of the program on one cluster', () => {
  const folder = temporaryFolder();
  const uri = newDatabaseUri();
  const started: CrewedServer[] = [];
  let program: string;
  before(() => {
    program = copyWithNextSchema(join(folder.path, 'next'));
  });
  after(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await dropTestDatabase(uri);
    folder.remove();
  });

  async function start(machine: string, of?: string): Promise<CrewedServer> {
    const settings = { WORKERS: '1', MONGODB_URI: uri, JWT_SECRET_KEY: 'b7c4a1f09e2d4c6fa3518d7be0692f41' };
    const server = await startCrew(join(folder.path, machine), settings, undefined, of);
    started.push(server);
    return server;
  }

  async function schemaThere(): Promise<unknown> {
    const client = await MongoClient.connect(uri);
    const info = await client.db().collection<{ _id: string }>('schema_info').findOne({ _id: 'schema' });
    await client.close();
    return info && 'version' in info ? info.version : null;
  }

  async function statesOfPieces(): Promise<unknown> {
    const client = await MongoClient.connect(uri);
    const [products] = await client.db().listCollections<Rules>({ name: 'products' }).toArray();
    await client.close();
    return products?.options.validator.$jsonSchema.properties.status.enum;
  }

  it('serve and write side by side, each what the other wrote, and lose nothing, also on the way back', async () => {
    const old = await start('one');
    assert.equal(await schemaThere(), SCHEMA);
    const next = await start('two', program);
    assert.equal(await schemaThere(), SCHEMA + 1);
    assert.deepEqual(await statesOfPieces(), ['draft', 'published', 'lent']);
    const customer = await workAtBoth(old, next);
    // Back again: the older program starts on the newer schema, and the next one leaves.
    assert.equal((await old.stop()).code, 0);
    const again = await start('one');
    assert.equal((await next.stop()).code, 0);
    const { status } = await new Caller(again.origin).ask('GET', `/api/customers/${customer}`, {
      token: again.token,
    });
    assert.equal(status, 200);
    assert.equal(await schemaThere(), SCHEMA + 1, 'the older one leaves the schema as it is');
    assert.deepEqual(await statesOfPieces(), ['draft', 'published', 'lent'], 'and the rules of the next one');
    assert.equal((await again.stop()).code, 0);
  });
});
