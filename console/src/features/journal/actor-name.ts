import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say } from '../../words/say.ts';

/** What the shop does by itself, by the server's names for it; other names are of people, also of an older system's. */
const OF_THE_PROGRAM: readonly string[] = [
  'first start',
  'first models',
  'picture cleaning',
  'reference data',
  'sample shop',
  'scoring',
  'training',
];

export function actorName({ kind, name }: JournalEntryWire['actor']): string {
  return kind === 'system' && OF_THE_PROGRAM.includes(name) ? say(everydayWords)('program') : name;
}
