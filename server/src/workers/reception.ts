// Holds the port for all workers and hands each connection to the one that has waited longest for one. As long as the
// primary lives nobody is refused: where no worker is free, a connection waits.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Logger } from 'pino';
import { LISTEN_BACKLOG } from '../serving/running-server.ts';
import type { Member } from './member.ts';

/** More than this many without anybody to serve them: the newest are let go. */
const MOST_WAITING = 4_000;

export class Reception {
  readonly #server = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => this.#take(socket));
  readonly #waiting: Socket[] = [];
  #isClosed = false;
  /** Those that may be given a connection. A worker gets its next one when it has taken the last. */
  readonly #free = new Set<Member>();
  /** Handed over and not yet taken: should the worker fall first, it has not read from them. */
  readonly #handed = new Map<Member, Socket>();

  /** Rejects as `listen` does. */
  async open(host: string, port: number, logger: Logger): Promise<AddressInfo> {
    this.#server.listen({ host, port, backlog: LISTEN_BACKLOG });
    await once(this.#server, 'listening');
    // Too many open files, for one: those who are connected are served on.
    this.#server.on('error', (error) => logger.error({ err: error }, 'a connection could not be taken'));
    return this.#server.address() as AddressInfo;
  }

  /** The worker serves, and may be given a connection. */
  admit(member: Member): void {
    this.#free.add(member);
    this.#handOut();
  }

  /** The worker has taken its connection: this process's hold on it ends. */
  letGo(member: Member): void {
    this.#handed.get(member)?.destroy();
    this.#handed.delete(member);
  }

  /** The worker gets no more. */
  dismiss(member: Member): void {
    this.#free.delete(member);
  }

  /** The worker has gone. What it had not taken goes to another one; Node would forget it, and the caller would wait. */
  bury(member: Member): void {
    this.dismiss(member);
    const untaken = this.#handed.get(member);
    this.#handed.delete(member);
    if (!untaken) return;
    if (this.#isClosed) return void untaken.destroy();
    this.#waiting.unshift(untaken);
    this.#handOut();
  }

  close(): void {
    this.#isClosed = true;
    this.#server.close();
    for (const socket of this.#waiting.splice(0)) socket.destroy();
  }

  #take(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (this.#waiting.length >= MOST_WAITING) socket.destroy();
    else this.#waiting.push(socket);
    this.#handOut();
  }

  #handOut(): void {
    for (const member of this.#free) {
      const socket = this.#waiting.shift();
      if (!socket) return;
      this.#free.delete(member);
      this.#handed.set(member, socket);
      member.send({ kind: 'connection' }, socket);
    }
  }
}
