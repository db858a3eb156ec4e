import { readFileSync } from 'node:fs';
import { describeFileTrouble } from '../../system/file-trouble.ts';
import { StoreRefused } from '../store-refused.ts';

/** The text of a small file beside the database; null where there is none. Throws StoreRefused where it cannot be read. */
export function readNote(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new StoreRefused(describeFileTrouble(error, file) ?? `${file}: ${(error as Error).message}`);
  }
}
