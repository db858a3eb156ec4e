import type { KhataEntryWire } from '../../../../server/src/contract/khata.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import type { Language } from '../../words/language.ts';
import { say } from '../../words/say.ts';
import { customerWords } from './words/customer-words.ts';

type Told = Pick<KhataEntryWire, 'description' | 'source' | 'reference_number' | 'reverses'>;
type Titled = Told & { payment_method: string | null };

/** What an entry is for, in the console's language or a paper's; what people wrote themselves stays as they wrote it. */
export function entryTitle(entry: Titled, language?: Language): string {
  const words = say(customerWords, language);
  const everyday = say(everydayWords, language);
  const text = programsText(entry, language) ?? entry.description ?? '';
  if (entry.reverses !== null) return words('reversalOf', { reason: text });
  if (text !== '') return text;
  const method = entry.payment_method;
  return method !== null && method in everydayWords.en ? everyday(method as 'cash') : words('noNote');
}

/**
 * What the program wrote into an entry, as the reader says it (the server's khata-texts.ts has the texts); null where
 * people wrote it: of a reversal all that is not the very text, of other entries what no order, bill or import made.
 */
export function programsText(entry: Partial<Told>, language?: Language): string | null {
  const words = say(customerWords, language);
  const number = entry.reference_number ?? '';
  if (entry.reverses) {
    const isCancelled = number !== '' && entry.description === `Order ${number} cancelled`;
    return isCancelled ? words('orderCancelled', { number }) : null;
  }
  if (entry.source?.kind === 'order') return words('order', { number }).trim();
  if (entry.source?.kind === 'sale') return words('sale', { number }).trim();
  return entry.source?.kind === 'opening' ? words('opening') : null;
}
