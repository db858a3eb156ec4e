// The program under the number of its next version, and what must hold while it serves beside this one.

import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMigrations } from '../src/store/sqlite/migrate.ts';
import { Caller } from './caller.ts';
import { type CrewedServer, until } from './crew.ts';
import { amountsOf, Posters } from './posters.ts';

const SERVER = fileURLToPath(new URL('..', import.meta.url));
const NEXT = '1.0.1-next';

/** The program's own files under another version, with one more migration where one is given. Answers where it begins. */
export function copyAsNext(folder: string, migration?: string): string {
  const server = join(folder, 'server');
  mkdirSync(server, { recursive: true });
  cpSync(join(SERVER, 'src'), join(server, 'src'), {
    recursive: true,
    filter: (path) => !/[.-]test\.ts$/.test(path),
  });
  symlinkSync(join(SERVER, '../node_modules'), join(folder, 'node_modules'));
  cpSync(join(SERVER, '../package.json'), join(folder, 'package.json'));
  const manifest = JSON.parse(readFileSync(join(SERVER, 'package.json'), 'utf8')) as object;
  writeFileSync(join(server, 'package.json'), JSON.stringify({ ...manifest, version: NEXT }));
  if (migration !== undefined) {
    const number = String(readMigrations().length + 1).padStart(4, '0');
    writeFileSync(join(server, 'src/store/sqlite/migrations', `${number}-of-tomorrow.sql`), migration);
  }
  return join(server, 'src/main.js');
}

/**
 * Work at both at once: each serves what the other wrote, none refuses anything, and nothing that was acknowledged is
 * lost. Answers a customer whom both know.
 */
export async function workAtBoth(old: CrewedServer, next: CrewedServer): Promise<string> {
  const [asOld, asNext] = [new Caller(old.origin), new Caller(next.origin)];
  const versions = await Promise.all([asOld, asNext].map((caller) => caller.ask('GET', '/api/health')));
  assert.equal(versions[1]?.body.version, NEXT);
  assert.notEqual(versions[0]?.body.version, NEXT);

  const add = async (phone: string): Promise<string> => {
    const body = { name: 'Asha', phone };
    return (await asOld.ask('POST', '/api/customers', { token: old.token, body })).body.data.id;
  };
  const [first, second] = [await add('9200000001'), await add('9200000002')];
  const [atOld, atNext] = [new Posters(old, first), new Posters(next, second)];
  await until(() => Math.min(atOld.acknowledged.length, atNext.acknowledged.length) >= 40);
  await Promise.all([atOld.end(), atNext.end()]);
  assert.deepEqual([atOld.broken, atNext.broken], [0, 0]);
  const inOrder = (amounts: number[]) => amounts.sort((a, b) => a - b);
  assert.deepEqual(inOrder(await amountsOf(next, first)), inOrder(atOld.acknowledged));
  assert.deepEqual(inOrder(await amountsOf(old, second)), inOrder(atNext.acknowledged));
  return first;
}
