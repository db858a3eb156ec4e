// How many changes this machine has made, for a store that does not tell its readers by itself: a number in an open file
// without a name, which the workers inherit. The primary counts before it answers a change, and a worker reads the number
// before it answers from memory. A message would come too late: whoever was answered by one worker may ask another one
// that has not read its messages yet.

import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Where a worker has the file: after its three streams and the channel to the primary. */
export const COUNT_FD = 4;
const BYTES = 6;

/** The primary's end. */
export class ChangeCount {
  readonly fd: number;
  readonly #bytes = Buffer.alloc(BYTES);
  #count = 0;

  constructor(folder: string) {
    const file = join(folder, `changes-of-${process.pid}`);
    this.fd = openSync(file, 'w+', 0o600);
    unlinkSync(file);
    this.#write();
  }

  raise(): void {
    this.#count++;
    this.#write();
  }

  close(): void {
    closeSync(this.fd);
  }

  #write(): void {
    this.#bytes.writeUIntLE(this.#count, 0, BYTES);
    writeSync(this.fd, this.#bytes, 0, BYTES, 0);
  }
}

const read = Buffer.alloc(BYTES);

/** The worker's end: one read of a page that is in memory. */
export function readChangeCount(): number {
  readSync(COUNT_FD, read, 0, BYTES, 0);
  return read.readUIntLE(0, BYTES);
}
