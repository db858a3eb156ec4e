// A restore over a shop in a cluster is marked where MONGODB_URI leads: the next one knows of one that was killed. The
// old shop leaves for the restored one, which is whole and compared by then, before the pointer is switched; a kill
// between these two is mended by whoever opens the shop next.

import { type ConnectOptions, connect } from '../connect.ts';
import { currentDatabase, namedDatabase, newGeneration, restorations, switchTo } from '../generations.ts';

/** Says in the cluster what is being restored; answers which side an earlier restore was on that was killed. */
export async function beginRestoration(
  options: ConnectOptions,
  at: number,
): Promise<'before' | 'after' | null> {
  const client = await connect(options);
  try {
    const { databaseName: database } = newGeneration(client, at);
    const marks = restorations(namedDatabase(client));
    const current = await currentDatabase(client);
    const earlier = await marks.findOne({ _id: 'restoring' });
    const isAfter = earlier?.database === current.databaseName;
    if (isAfter) await switchTo(client, current);
    await marks.replaceOne({ _id: 'restoring' }, { database }, { upsert: true });
    if (earlier === null) return null;
    return isAfter ? 'after' : 'before';
  } finally {
    await client.close();
  }
}

export async function endRestoration(options: ConnectOptions): Promise<void> {
  const client = await connect(options);
  try {
    await restorations(namedDatabase(client)).deleteOne({ _id: 'restoring' });
  } finally {
    await client.close();
  }
}
