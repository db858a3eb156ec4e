import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeShopOfSchema } from '../../test/older-schema-shop.ts';
import { newTestFolder } from '../../test/test-database.ts';
import { readConfig } from '../config.ts';
import { archiveName, olderArchiveName, readOlderArchiveName } from '../domain/backup.ts';
import { checkArchive } from '../store/archive/archive-file.ts';
import { aBy, aCustomer, START } from '../store/contract-suite/builders.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import { restoreInto } from '../store/sqlite/archive/restore-into.ts';
import { type Connection, openConnection } from '../store/sqlite/database.ts';
import { migrate, readMigrations } from '../store/sqlite/migrate.ts';
import { lockShared } from '../store/sqlite/process-lock.ts';
import { schemaVersion } from '../store/sqlite/reads/shop.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { verifyDatabase } from '../store/sqlite/verify.ts';
import { StoreRefused, StoreUnreachable } from '../store/store-refused.ts';
import { bringOver } from './bring-over.ts';
import { openShop } from './open-shop.ts';

const NEW = readMigrations().length;
const OLD = NEW - 1;

describe('a shop of an older schema', () => {
  let root: string;
  let older: string;
  let count = 0;
  before(async () => {
    root = newTestFolder();
    const newer = join(root, 'newer');
    mkdirSync(newer);
    const store = await openSqliteStore({ dataDir: newer, now: START, onDeath: assert.fail });
    for (const phone of ['9000000001', '9000000002']) await store.customers.add(aCustomer({ phone }), aBy());
    older = join(root, 'older');
    await makeShopOfSchema(OLD, older, store.backups.dump());
    await store.close();
  });
  after(() => rmSync(root, { recursive: true }));

  const newShop = () => {
    const dataDir = join(root, `shop-${++count}`);
    cpSync(older, dataDir, { recursive: true });
    const said: string[] = [];
    const say = (line: string): void => void said.push(line);
    return { dataDir, backups: join(dataDir, 'backups'), now: () => START, say, said };
  };
  type Place = ReturnType<typeof newShop>;

  function read<T>({ dataDir }: Pick<Place, 'dataDir'>, of: (db: Connection) => T): T {
    const db = openConnection(join(dataDir, 'shop.db'), 'read');
    try {
      return of(db);
    } finally {
      db.close();
    }
  }
  const schemaIn = (place: Pick<Place, 'dataDir'>): number => read(place, schemaVersion);
  const headIn = (place: Place) =>
    read(place, (db) =>
      db.get<{ seq: number; hash: string }>('SELECT seq, hash FROM journal ORDER BY seq DESC'),
    )!;
  const namesIn = ({ backups }: Place): string[] => (existsSync(backups) ? readdirSync(backups).sort() : []);
  async function refusal(place: Place): Promise<StoreRefused> {
    const error = await bringOver(place).catch((thrown: unknown) => thrown);
    assert.ok(error instanceof StoreRefused, `not refused: ${error}`);
    assert.doesNotMatch(error.message, /\n/);
    assert.equal(schemaIn(place), OLD);
    return error;
  }

  it('is backed up as it is before it is migrated, and it is said where', async () => {
    const place = newShop();
    await bringOver(place);
    assert.equal(schemaIn(place), NEW);
    const [name = '', ...others] = namesIn(place);
    assert.deepEqual(others, []);
    const { seq, hash } = headIn(place);
    assert.equal(name, olderArchiveName(START, { schema: OLD, seq, hash }));
    assert.equal(place.said.filter((line) => line.includes(join(place.backups, name))).length, 1);
    const file = join(place.backups, name);
    assert.equal((await checkArchive(file)).schema, OLD);
    const folder = join(place.dataDir, 'restored');
    await restoreInto({ file, folder, passphrase: null, at: START });
    assert.equal(schemaIn({ dataDir: folder }), OLD);
    const { problems } = await verifyDatabase(join(place.dataDir, 'shop.db'), SHOP_ID);
    assert.deepEqual(problems, []);
  });

  it('is brought over so by whatever opens it to write, into BACKUP_DIR; one of this schema needs no backup', async () => {
    const place = newShop();
    const config = readConfig({ DATA_DIR: place.dataDir, BACKUP_DIR: join(place.dataDir, 'elsewhere') });
    for (let n = 0; n < 2; n++) {
      const shop = await openShop(config, assert.fail, { say: place.say });
      assert.equal((await shop.store.info()).schemaVersion, NEW);
      await shop.store.close();
    }
    assert.equal(readdirSync(join(place.dataDir, 'elsewhere')).length, 1);
    assert.deepEqual(namesIn(place), []);
  });

  it('is migrated without one where nothing has happened in it yet', async () => {
    const place = newShop();
    rmSync(join(place.dataDir, 'shop.db'));
    const db = openConnection(join(place.dataDir, 'shop.db'), 'write');
    migrate(db, 0, readMigrations().slice(0, OLD));
    db.close();
    await bringOver(place);
    assert.equal(schemaIn(place), NEW);
    assert.deepEqual(namesIn(place), []);
  });

  it('stays as it is where the backup cannot be made, and the folder and the way out are named', async () => {
    const place = newShop();
    writeFileSync(place.backups, 'a file and no folder');
    const error = await refusal(place);
    // Final: another start would find the same.
    assert.ok(!(error instanceof StoreUnreachable));
    assert.ok(error.message.includes(place.backups), error.message);
    assert.match(error.message, /BACKUP_DIR$/);
    rmSync(place.backups);
    await bringOver(place);
    assert.equal(schemaIn(place), NEW);
  });

  it('stays as it is while another process uses it, which is tried again', async () => {
    const place = newShop();
    const lock = lockShared(place.dataDir);
    assert.ok((await refusal(place)) instanceof StoreUnreachable);
    assert.deepEqual(namesIn(place), []);
    lock.release();
    await bringOver(place);
  });

  it('lets nobody in between its backup and its migration', async () => {
    const place = newShop();
    let tried = 0;
    place.say = (line) => {
      if (!line.includes('.backup')) return;
      assert.throws(() => lockShared(place.dataDir), StoreUnreachable);
      tried++;
    };
    await bringOver(place);
    assert.equal(tried, 1);
    lockShared(place.dataDir).release();
  });

  it('has one backup of what it was, however often a start is cut off after it, unless that one is no longer good', async () => {
    const place = newShop();
    const say = place.say;
    const cutOff = async (): Promise<string[]> => {
      place.say = (line) => {
        if (line.includes('.backup')) throw new Error('cut off');
      };
      await refusal(place);
      place.say = say;
      return namesIn(place);
    };
    const first = await cutOff();
    assert.equal(first.length, 1);
    assert.deepEqual(await cutOff(), first);
    const file = join(place.backups, first[0] as string);
    writeFileSync(file, readFileSync(file).subarray(0, -100));
    place.now = () => START + 1;
    const second = await cutOff();
    assert.equal(second.length, 2);
    await bringOver(place);
    assert.deepEqual(namesIn(place), second);
    assert.equal(schemaIn(place), NEW);
  });

  it('leaves those of its last two upgrades, those of other shops, and all that a backup made otherwise', async () => {
    const place = newShop();
    mkdirSync(place.backups);
    const [first, last] = read(place, (db) =>
      db.all<{ seq: number; hash: string }>('SELECT seq, hash FROM journal ORDER BY seq'),
    ) as [{ seq: number; hash: string }, { seq: number; hash: string }];
    // By a clock that ran ahead.
    const [long, earlier] = [5, 6].map((schema) => olderArchiveName(START * 2, { ...first, schema })) as [
      string,
      string,
    ];
    const others = [
      olderArchiveName(START, { ...first, schema: 5, hash: 'f'.repeat(64) }),
      archiveName(START),
    ];
    for (const name of [long, earlier, ...others]) writeFileSync(join(place.backups, name), 'an archive');
    await bringOver(place);
    const made = olderArchiveName(START, { ...last, schema: OLD });
    assert.deepEqual(namesIn(place), [earlier, made, ...others].sort());
    assert.deepEqual(readOlderArchiveName(made), { schema: OLD, seq: 2, hash: last.hash.slice(0, 12) });
  });
});
