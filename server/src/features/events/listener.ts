// One open stream: where it stands in the journal, what its account may see, and how full its pipe is.

import type { ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import type { Permission } from '../../domain/permissions.ts';

/** A reader that does not take its last words is cut off after this. */
const FAREWELL_MS = 1_000;

export class Listener {
  readonly request: FastifyRequest;
  permissions: readonly Permission[];
  /** The last entry that was looked at for this stream, whether it was told or not. */
  position: number;
  /** True: it is given entries as they come. False: it reads what it has missed. */
  isLive = false;
  readonly #raw: ServerResponse;

  constructor(
    request: FastifyRequest,
    raw: ServerResponse,
    permissions: readonly Permission[],
    position: number,
  ) {
    this.request = request;
    this.#raw = raw;
    this.permissions = permissions;
    this.position = position;
  }

  get log(): FastifyBaseLogger {
    return this.request.log;
  }

  get isOpen(): boolean {
    return !this.#raw.writableEnded && !this.#raw.destroyed;
  }

  /** More is unsent than the pipe is meant to hold: the reader has to take it first. */
  get isFull(): boolean {
    return this.#raw.socket?.writableNeedDrain ?? false;
  }

  send(text: string | Buffer): void {
    if (this.isOpen && text.length > 0) this.#raw.write(text);
  }

  /** Waits until the reader has taken what was sent; cuts it off when that takes too long. */
  async emptied(limitMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const tooSlow = setTimeout(() => this.#raw.destroy(), limitMs);
    // The socket's own: the answer above it tells of a drain only when it counted the bytes itself.
    const { socket } = this.#raw;
    socket?.once('drain', resolve).once('close', resolve);
    await promise;
    clearTimeout(tooSlow);
    socket?.off('drain', resolve).off('close', resolve);
  }

  end(lastWords: string): void {
    if (!this.isOpen) return;
    this.#raw.end(lastWords);
    const cut = setTimeout(() => this.#raw.destroy(), FAREWELL_MS);
    this.#raw.once('close', () => clearTimeout(cut));
  }
}
