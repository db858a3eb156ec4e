// `swati restore --back-to NAME` where MONGODB_URI is set. What still runs on the replaced shop takes no changes from
// then on; cut off anywhere, the same command goes on.

import { connect, hostsOf } from '../store/mongo/connect.ts';
import { currentDatabase, keptShops, switchTo } from '../store/mongo/generations.ts';
import { openMongoStore, prepareCluster } from '../store/mongo/mongo-store.ts';
import type { Store } from '../store/store.ts';
import { type CommandCall, EXIT } from './command.ts';
import { commandLineBy } from './command-line-by.ts';
import { keptLines, refuseUnkept } from './kept-shops.ts';
import { newShopId } from './new-shop-id.ts';
import { closeOld } from './restore-into-cluster.ts';

export async function goBackInCluster(call: CommandCall, uri: string, name: string): Promise<number> {
  const { terminal } = call;
  const client = await connect({ uri });
  try {
    const { databaseName: left } = await currentDatabase(client);
    const kept = await keptShops(client);
    const isCutOff = name === left && (await inShop(uri, ({ moves }) => moves.movedTo())) !== null;
    if (!kept.includes(name) && !isCutOff) return refuseUnkept(call, name, kept);
    const place = `${hostsOf(client)}/${name}`;
    if (!isCutOff) {
      await inShop(uri, (store) => closeOld(store, place, Date.now()));
      await switchTo(client, client.db(name));
    }
    await prepareCluster({ uri });
    await inShop(uri, ({ moves }) => moves.comeBack(commandLineBy({ newId: newShopId, now: Date.now })));
    terminal.out(`shop       mongodb://${place}`);
    terminal.out('the shop is again what it was; what was done since it was replaced is not in it.');
    if (!isCutOff)
      for (const line of keptLines(left, kept.length, `${hostsOf(client)}/${left}`)) terminal.out(line);
    terminal.out('Servers that still run on what was left refuse changes: start them again.');
    return EXIT.ok;
  } finally {
    await client.close();
  }
}

async function inShop<T>(uri: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openMongoStore({ uri });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
