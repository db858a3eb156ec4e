// Pictures whose bytes are not those that their rows tell of: the books are whole without them, but somebody must know.

import { createHash } from 'node:crypto';

const REMEDY = 'put it back from an older archive, or give its piece another picture';

/** A line for people about bytes that are missing or not those that were uploaded; null where all is well. */
export function pictureProblem(name: string, sha256: string, bytes: Uint8Array | null): string | null {
  return problemOf(name, sha256, bytes && hashOfPicture(bytes));
}

/** Null: there are no bytes. No picture has none (an archive tells so of one whose file is missing). */
export function hashOfPicture(bytes: Uint8Array): string | null {
  return bytes.length === 0 ? null : createHash('sha256').update(bytes).digest('hex');
}

export function problemOf(name: string, sha256: string, found: string | null): string | null {
  if (found === sha256) return null;
  const what = found === null ? 'its file is missing' : 'its bytes are not those that were uploaded';
  return `picture ${name}: ${what}: ${REMEDY}`;
}
