// Where the log of a serving process goes: a pipe or a file, written to in large pieces beside the work. Pino's own
// writer tries a last piece again for ever once nobody reads the pipe any more, and the process never ends.

import { write, writeSync } from 'node:fs';

/** Lines wait up to a second for company: a write to a pipe for each would be a third of a quick answer. Of writes that is 200 lines. */
const FULL = 32_768;
const LONGEST_MS = 1_000;
/** A reader that is slow for longer than this, when the process ends, does not get the rest. */
const LAST_TRIES = 20;
const TRY_AGAIN_MS = 50;

export class LogPipe {
  readonly #fd: number;
  #waiting = '';
  /** On its way to the system. */
  #leaving: Uint8Array | null = null;
  #isBroken = false;

  constructor(fd: number) {
    this.#fd = fd;
    setInterval(() => this.flush(), LONGEST_MS).unref();
    process.on('exit', () => this.flushSync());
  }

  write(line: string): void {
    if (this.#isBroken) return;
    this.#waiting += line;
    if (this.#waiting.length >= FULL) this.flush();
  }

  flush(): void {
    if (this.#leaving !== null || this.#waiting === '') return;
    this.#leaving = Buffer.from(this.#waiting);
    this.#waiting = '';
    this.#send();
  }

  /** Writes what waits before it returns. What is on its way already goes by itself. */
  flushSync(): void {
    let rest: Uint8Array = Buffer.from(this.#waiting);
    this.#waiting = '';
    for (let tries = 0; rest.length > 0 && tries < LAST_TRIES && !this.#isBroken; ) {
      try {
        rest = rest.subarray(writeSync(this.#fd, rest));
      } catch (error) {
        if (!isFull(error)) this.#isBroken = true;
        tries++;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, TRY_AGAIN_MS);
      }
    }
  }

  #send(): void {
    const piece = this.#leaving;
    if (piece === null) return;
    write(this.#fd, piece, (error, written) => {
      if (isFull(error)) return void setTimeout(() => this.#send(), TRY_AGAIN_MS).unref();
      // Nobody reads it: the shop goes on without a log.
      if (error) this.#isBroken = true;
      const rest = error ? null : piece.subarray(written);
      this.#leaving = rest && rest.length > 0 ? rest : null;
      if (this.#isBroken) this.#waiting = '';
      else if (this.#leaving) this.#send();
      else if (this.#waiting.length >= FULL) this.flush();
    });
  }
}

function isFull(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: string };
  return code === 'EAGAIN' || code === 'EBUSY';
}
