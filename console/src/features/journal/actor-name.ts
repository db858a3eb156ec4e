import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { programName } from '../../words/program-name.ts';

export function actorName({ kind, name }: JournalEntryWire['actor']): string {
  return kind === 'system' ? programName(name) : name;
}
