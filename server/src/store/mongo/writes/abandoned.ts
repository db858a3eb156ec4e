// A process that was killed in the middle of a transaction leaves it open on the servers for a minute
// (transactionLifetimeLimitSeconds), with every document that it wrote: nobody could write meanwhile. So whoever waits
// for such a document ends what nobody works on any more. Should its owner be alive after all, it begins again.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Document, MongoClient } from 'mongodb';
import { CLIENT } from '../concerns.ts';

/** Between two commands of a transaction of ours there are milliseconds. */
const IDLE_MICROS = 2_000_000;
const LOOK_EVERY_MS = 1_000;

/** An account may look at sessions of its own and end them, without any further right. `idleMicros`: for tests. */
export async function endAbandoned(client: MongoClient, idleMicros = IDLE_MICROS): Promise<void> {
  const admin = client.db('admin');
  const found = await admin
    .aggregate<{ lsid: Document }>(
      [
        { $currentOp: { idleSessions: true, allUsers: false } },
        {
          $match: {
            appName: CLIENT.appName,
            active: false,
            'transaction.timeInactiveMicros': { $gte: idleMicros },
          },
        },
        { $project: { lsid: 1 } },
      ],
      { readConcern: { level: 'local' } },
    )
    .toArray();
  const sessions = found.map(({ lsid }) => ({ id: lsid.id }));
  if (sessions.length > 0) await admin.command({ killSessions: sessions });
}

/** Removes what a killed process was making: its open transaction would keep the database for as long. */
export async function dropRemains(client: MongoClient, database: string): Promise<void> {
  let isGone = false;
  const dropped = client
    .db(database)
    .dropDatabase()
    .then(() => {
      isGone = true;
    });
  while (!isGone) {
    await Promise.race([dropped, sleep(LOOK_EVERY_MS)]);
    if (!isGone) await endAbandoned(client);
  }
}
