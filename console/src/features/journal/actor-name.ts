import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { programName } from '../../words/program-name.ts';
import { say } from '../../words/say.ts';

/** What strangers do (sign-up, the first account) is the server's own `public`. */
export function actorName({ kind, name }: JournalEntryWire['actor']): string {
  if (kind !== 'system') return name;
  return name === 'public' ? say(everydayWords)('notSignedIn') : programName(name);
}
