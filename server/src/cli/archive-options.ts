import { readFileSync } from 'node:fs';
import { ArchiveRefused } from '../store/archive/archive-file.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';
import type { Command, CommandCall } from './command.ts';

/** What every command that reads or writes an archive takes. */
export const PASSPHRASE_OPTION = {
  'passphrase-file': {
    type: 'string',
    value: 'FILE',
    help: 'The first line of FILE encrypts the archive, or opens it.',
  },
} satisfies Command['options'];

const MIN_PASSPHRASE = 12;

/** Null where none is given. Throws ArchiveRefused where the file cannot be read or its first line is too short. */
export function readPassphrase({ options }: CommandCall): string | null {
  const file = options['passphrase-file'];
  if (typeof file !== 'string') return null;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { message } = error as Error;
    throw new ArchiveRefused(
      `--passphrase-file cannot be read: ${describeFileTrouble(error, file) ?? message}`,
    );
  }
  const [passphrase = ''] = text.split(/\r?\n/, 1);
  if (passphrase.length < MIN_PASSPHRASE) {
    throw new ArchiveRefused(`the passphrase must have at least ${MIN_PASSPHRASE} characters`);
  }
  return passphrase;
}
