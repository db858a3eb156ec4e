import { Table } from '@mantine/core';
import type { JournalEntryWire } from '../../../../server/src/contract/journal.ts';
import { formatDateTime } from '../../format/date.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { useWords } from '../../words/say.ts';
import { programsText } from '../customers/entry-title.ts';
import { customerWords } from '../customers/words/customer-words.ts';
import { actionText } from './action-text.ts';
import { actorName } from './actor-name.ts';
import { fieldName } from './field-name.ts';
import { FieldValue } from './field-text.tsx';
import { fieldWords } from './field-words/field-words.ts';
import styles from './journal.module.css';
import { journalWords } from './words/journal-words.ts';

interface EntryDialogProps {
  entry: JournalEntryWire | undefined;
  onClose: () => void;
}

/** One entry whole: each field before and after, and the hash that ties it to the one before. */
export function EntryDialog({ entry, onClose }: EntryDialogProps) {
  const words = useWords(journalWords);
  const fields = useWords(fieldWords);
  // `programsText` speaks of these.
  useWords(customerWords);
  if (entry === undefined) return null;
  const names = [...new Set([...Object.keys(entry.before ?? {}), ...Object.keys(entry.after ?? {})])];
  return (
    <Dialog opened title={actionText(words, entry)} size={640} onClose={onClose}>
      <p className="muted">
        {words('byOn', { name: actorName(entry.actor), at: formatDateTime(entry.at), seq: entry.seq })}
      </p>
      {names.length === 0 ? null : (
        <Table layout="fixed" className={styles.fields}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words('field')}</Table.Th>
              {entry.before === null ? null : <Table.Th>{words('before')}</Table.Th>}
              <Table.Th>{words('after')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {names.map((name) => (
              <Table.Tr key={name}>
                <Table.Td className="muted">{fieldName(fields, entry.subject.type, name)}</Table.Td>
                {entry.before === null ? null : (
                  <Table.Td>
                    <FieldValue words={fields} name={name} value={fieldOf(entry.before, name)} />
                  </Table.Td>
                )}
                <Table.Td>
                  <FieldValue words={fields} name={name} value={afterOf(entry, name)} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <p className={styles.hash}>{words('hash', { hash: entry.hash })}</p>
    </Dialog>
  );
}

/** As it was kept, but for what the program itself wrote into an entry of the khata. */
function afterOf({ subject, after }: JournalEntryWire, name: string): unknown {
  const isKhata = subject.type === 'khata_entry' && name === 'description' && after !== null;
  return (isKhata ? programsText(after) : null) ?? fieldOf(after, name);
}

function fieldOf(fields: JournalEntryWire['before'], name: string): unknown {
  return (fields as Record<string, unknown> | null)?.[name];
}
