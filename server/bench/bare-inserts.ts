// The baseline of the MongoDB benchmark: one document after another, each acknowledged by a majority that has it on disk.

import { MongoClient } from 'mongodb';

export interface BareInserts {
  uri: string;
  milliseconds: number;
}

const { uri, milliseconds } = JSON.parse(process.argv[2] ?? '{}') as BareInserts;
const client = await MongoClient.connect(uri, { writeConcern: { w: 'majority', j: true } });
const documents = client.db().collection('bare_inserts');
await documents.insertOne({ n: 0 });
const started = performance.now();
let count = 0;
for (; performance.now() - started < milliseconds; count++)
  await documents.insertOne({ n: count, text: 'bare' });
console.log(JSON.stringify({ perSecond: (count * 1000) / (performance.now() - started) }));
await client.close();
