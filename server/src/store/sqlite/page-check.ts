// Looks at the pages of a database before anything is written into it. A damaged page is found when it is read, which may
// be weeks later, and until then new entries would stand beside it.

import { type Db, sqliteTrouble } from './database.ts';

/** Up to here everything is compared, indexes with their tables too: 16 MB took 0.1 s. */
const THOROUGH_BYTES = 16 * 1024 * 1024;
/**
 * Up to here each page is looked at: 256 MB took 0.6 s, a shop of some ten years. Beyond it a start would keep people
 * waiting; there the nightly backup reads every row, and `swati verify` everything.
 */
const QUICK_BYTES = 256 * 1024 * 1024;

/** What is wrong with the pages, in one line, or null. */
export function damageOf(db: Db): string | null {
  const size = db.get<{ bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  );
  const bytes = size?.bytes ?? 0;
  if (bytes > QUICK_BYTES) return null;
  const pragma = bytes > THOROUGH_BYTES ? 'quick_check' : 'integrity_check';
  const verdict = verdictOf(db, pragma);
  return verdict === 'ok' ? null : verdict.replaceAll(/\s+/g, ' ');
}

function verdictOf(db: Db, pragma: string): string {
  try {
    const row = db.get<Record<string, string>>(`PRAGMA ${pragma}(1)`);
    return Object.values(row ?? {})[0] ?? 'no answer';
  } catch (error) {
    // The index of the search looks at its own pages, and what is wrong there comes as an error of the statement.
    if (sqliteTrouble(error) !== 'other') throw error;
    return (error as Error).message;
  }
}
