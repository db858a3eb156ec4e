import type { ArchivePage } from '../backup-store.ts';
import { IMAGE_BYTES, readArchiveLine } from './archive-page.ts';
import { hashOfPicture, problemOf } from './picture-problem.ts';

/**
 * Passes the pages of a dump on, and notes in `found`, a line for people each, which pictures they hold no bytes of, or
 * others than were uploaded. The bytes come before the rows, since tables come by name.
 */
export async function* watchPictures(
  pages: AsyncIterable<ArchivePage>,
  found: string[],
): AsyncGenerator<ArchivePage> {
  const hashes = new Map<string, string | null>();
  for await (const page of pages) {
    if (page.table === IMAGE_BYTES) {
      for (const { name, base64 } of page.lines.map(readArchiveLine)) {
        hashes.set(String(name), hashOfPicture(Buffer.from(String(base64), 'base64')));
      }
    }
    if (page.table === 'images') {
      for (const { name, sha256 } of page.lines.map(readArchiveLine)) {
        const problem = problemOf(String(name), String(sha256), hashes.get(String(name)) ?? null);
        if (problem !== null) found.push(problem);
      }
    }
    yield page;
  }
}
