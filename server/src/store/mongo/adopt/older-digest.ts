import { createHash } from 'node:crypto';
import type { Db } from 'mongodb';
import { OLDER_COLLECTIONS } from './older-collections.ts';

/** Of all that is taken over, byte for byte: whoever compares two knows whether the older program wrote between them. */
export async function digestOlder(db: Db): Promise<string> {
  const digest = createHash('sha256');
  for (const name of OLDER_COLLECTIONS) {
    digest.update(`${name}\n`);
    const documents = db.collection(name).find({}, { raw: true }).sort({ _id: 1 });
    for await (const bytes of documents) digest.update(bytes as unknown as Uint8Array);
  }
  return digest.digest('hex');
}
