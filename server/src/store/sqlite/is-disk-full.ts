import { ShopError } from '../../domain/shop-error.ts';
import { isWithoutRoom } from './database.ts';

/** Whether the failure is that of a full disk, as the file system, the database or the shop says it. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT' || isWithoutRoom(error)) return true;
  return error instanceof ShopError && error.code === 'storage_full';
}
