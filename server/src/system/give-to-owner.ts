import { lchownSync, lstatSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const ROOT = 0;

/**
 * Gives what root has just made, a file or a folder, to whoever owns the folder it stands in: one command that somebody
 * ran as root would else leave files in the shop's folder that the account of the server cannot open.
 */
export function giveToOwner(path: string): void {
  if (process.getuid?.() !== ROOT) return;
  const { uid, gid } = statSync(dirname(path));
  if (uid === ROOT || lstatSync(path).uid !== ROOT) return;
  try {
    lchownSync(path, uid, gid);
  } catch (error) {
    // A root that may not, as in a container without rights; whoever shares the folder has a root of its own, then.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
  }
}
