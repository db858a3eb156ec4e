import type { KhataEntryWire } from '../../../../server/src/contract/khata.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import type { Language } from '../../words/language.ts';
import { say } from '../../words/say.ts';
import { customerWords } from './words/customer-words.ts';

type Titled = Pick<
  KhataEntryWire,
  'description' | 'source' | 'reference_number' | 'reverses' | 'transaction_type'
> & { payment_method: string | null };

/** What an entry is for, in the console's language or a paper's; what people wrote themselves stays as they wrote it. */
export function entryTitle(entry: Titled, language?: Language): string {
  const words = say(customerWords, language);
  const everyday = say(everydayWords, language);
  if (entry.reverses !== null) return words('reversalOf', { reason: entry.description ?? '' });
  const number = entry.reference_number ?? '';
  if (entry.source?.kind === 'order') return words('order', { number });
  if (entry.source?.kind === 'sale') return words('sale', { number });
  if (entry.source?.kind === 'opening') return words('opening');
  if (entry.description !== null && entry.description !== '') return entry.description;
  const method = entry.payment_method;
  return method !== null && method in everydayWords.en ? everyday(method as 'cash') : words('noNote');
}
