// The accounts of a cluster that nobody set up by hand: the program's, which may find and insert but neither change nor
// remove in the journal and the ledger (MongoDB has no triggers that could refuse it), and one for migrations, moves and
// restores, which may do everything with the shop's databases.

import type { Db, Document } from 'mongodb';
import { COLLECTIONS } from './collections.ts';

/** Rows are added to these, and never touched again. */
const APPEND_ONLY: readonly string[] = ['journal', 'khata_transactions'];
const ROLE = 'swatiProgram';
const READ = ['find', 'listIndexes', 'collStats'];
const FILES = ['image_files.files', 'image_files.chunks', 'model_files.files', 'model_files.chunks'];
const OURS = ['schema_info', 'swati_generations', ...FILES];

export interface Accounts {
  program: { username: string; password: string };
  admin: { username: string; password: string };
}

/** What the program's account may do. In any database: each generation of the shop is one of its own. */
function programPrivileges(): Document[] {
  const on = (collection: string, actions: string[]): Document => ({
    resource: { db: '', collection },
    actions,
  });
  const names = [...COLLECTIONS.map(({ name }) => name), ...OURS];
  return [
    // Backups follow what is changed in a database, which is one right for all of its collections.
    on('', ['listCollections', 'find', 'changeStream']),
    ...names.map((name) =>
      on(name, [...READ, 'insert', ...(APPEND_ONLY.includes(name) ? [] : ['update', 'remove'])]),
    ),
  ];
}

/** Makes both accounts, or gives those that are there these passwords and rights. */
export async function prepareAccounts(admin: Db, { program, admin: owner }: Accounts): Promise<void> {
  await upsert(admin, 'Role', ROLE, { privileges: programPrivileges(), roles: [] });
  await upsert(admin, 'User', program.username, {
    pwd: program.password,
    roles: [{ role: ROLE, db: 'admin' }],
  });
  const roles = ['readWriteAnyDatabase', 'dbAdminAnyDatabase'].map((role) => ({ role, db: 'admin' }));
  await upsert(admin, 'User', owner.username, { pwd: owner.password, roles });
}

/** Whether the database itself keeps the account of this connection from rewriting the journal and the ledger. */
export async function isAppendOnly(db: Db): Promise<boolean> {
  const { authInfo } = await db.command({ connectionStatus: 1, showPrivileges: true });
  const { authenticatedUsers, authenticatedUserPrivileges: privileges } = authInfo as {
    authenticatedUsers: unknown[];
    authenticatedUserPrivileges: { resource: Resource; actions: string[] }[];
  };
  // A server that asks nobody who he is keeps nobody from anything.
  if (authenticatedUsers.length === 0) return false;
  return !privileges.some(
    ({ resource, actions }) =>
      (actions.includes('update') || actions.includes('remove')) &&
      APPEND_ONLY.some((collection) => covers(resource, db.databaseName, collection)),
  );
}

interface Resource {
  db?: string;
  collection?: string;
  anyResource?: boolean;
}

function covers(
  { anyResource, db = 'none', collection = 'none' }: Resource,
  database: string,
  name: string,
): boolean {
  return anyResource === true || (['', database].includes(db) && ['', name].includes(collection));
}

async function upsert(admin: Db, kind: 'Role' | 'User', name: string, facts: Document): Promise<void> {
  const known = await admin.command(kind === 'User' ? { usersInfo: name } : { rolesInfo: name });
  const found = (kind === 'User' ? known.users : known.roles) as unknown[];
  await admin.command({ [`${found.length > 0 ? 'update' : 'create'}${kind}`]: name, ...facts });
}
