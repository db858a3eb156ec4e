import { accessSync, constants, existsSync } from 'node:fs';
import { StoreRefused } from '../store-refused.ts';

/**
 * Throws StoreRefused where this account may not write to a file or folder that is there: SQLite would open it to read
 * only, and the shop would fall at its first change.
 */
export function refuseUnwritable(path: string): void {
  const { R_OK, W_OK } = constants;
  try {
    if (existsSync(path)) accessSync(path, R_OK | W_OK);
  } catch (error) {
    const isReadOnly = (error as NodeJS.ErrnoException).code === 'EROFS';
    const why = isReadOnly ? 'its disk cannot be written to' : 'this account may not read and write it';
    throw new StoreRefused(`${path} cannot be used: ${why}`);
  }
}
