// A copy of an older database as it is, before anything is taken over: one line of extended JSON a document, which the
// database's own tools read.

import { createReadStream, createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BSON, type Db } from 'mongodb';
import { POINTERS } from '../generations.ts';

/** Whoever reads lines ends one at these two, too; a pasted text may hold them. */
function withoutLineEnds(line: string): string {
  return line.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Answers how many documents it holds. The file has its name only when it was read back whole. */
export async function saveOlder(db: Db, file: string): Promise<number> {
  let written = 0;
  async function* lines(): AsyncGenerator<string> {
    for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
      if (name === POINTERS || name.startsWith('system.')) continue;
      // A number stays of the kind that it is.
      const documents = db.collection(name).find({}, { promoteValues: false, bsonRegExp: true });
      for await (const document of documents.sort({ _id: 1 })) {
        written++;
        const line = BSON.EJSON.stringify({ collection: name, document }, { relaxed: false });
        yield `${withoutLineEnds(line)}\n`;
      }
    }
  }
  const unfinished = `${file}.unfinished`;
  const out = createWriteStream(unfinished, { mode: 0o600, flush: true });
  await pipeline(Readable.from(lines()), createGzip(), out);
  let read = 0;
  for await (const line of createInterface({ input: createReadStream(unfinished).pipe(createGunzip()) })) {
    BSON.EJSON.parse(line);
    read++;
  }
  if (read !== written) throw new Error(`${unfinished} holds ${read} of ${written} documents`);
  await rename(unfinished, file);
  return read;
}
