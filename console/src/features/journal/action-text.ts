import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { formatRupees } from '../../format/money.ts';
import { goldPurity } from '../../format/purity.ts';
import type { useWords } from '../../words/say.ts';
import { journalWords } from './words/journal-words.ts';

type Say = ReturnType<typeof useWords<typeof journalWords.en>>;

/** What an entry says in one line: its action in words, and the name it tells of where it has one. */
export function actionText(words: Say, { action, subject, after, before }: JournalEntryWire): string {
  const known = action in journalWords.en ? words(action as 'khata.posted') : action;
  const fields = { ...before, ...after } as Record<string, unknown>;
  const name = fields.name ?? fields.order_number ?? fields.customer_name ?? fields.username;
  const what = typeof name === 'string' ? name : aboutOf(words, subject, fields);
  return what === null ? known : `${known}: ${what}`;
}

/** What tells one entry from the next where it has no name: the rate, the amount, the file. */
function aboutOf(
  words: Say,
  subject: JournalEntryWire['subject'],
  fields: Record<string, unknown>,
): string | null {
  const { file, metal, purity, price_per_gram: rate, amount } = fields;
  // A backup that was asked for or that failed has no file.
  if (subject.type === 'backup') return typeof file === 'string' ? file : null;
  if (typeof metal === 'string' && typeof rate === 'number') {
    return `${words(`metal_${metal}` as 'metal_gold')} ${metal === 'gold' ? goldPurity(String(purity)) : purity}, ${formatRupees(rate)}`;
  }
  return typeof amount === 'number' ? formatRupees(amount) : null;
}
