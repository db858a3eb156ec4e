// What has been sent to the writer and waits for its turn. While it works, the writer looks here for more instead of
// returning to its event loop; where nothing is there, it may wait a moment for company.

import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import { unpack } from './parcel.ts';
import type { SentCommand, ToWriter } from './writer-messages.ts';

/** Rung by the sender after each message, so that a writer who waits outside of its event loop hears of it. */
export type Bell = Int32Array<SharedArrayBuffer>;

/** How often it was rung. */
const RUNG = 0;
/** 1 from when the writer has nothing to do until it is sent something. */
const IDLE = 1;

export function makeBell(): Bell {
  return new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
}

export function ring(bell: Bell): void {
  Atomics.store(bell, IDLE, 0);
  Atomics.add(bell, RUNG, 1);
  Atomics.notify(bell, RUNG);
}

/** Whether the writer stands still, and was not sent anything since. */
export function isIdle(bell: Bell): boolean {
  return Atomics.load(bell, IDLE) === 1;
}

export class Inbox {
  readonly #port: MessagePort;
  readonly #bell: Bell;
  #waiting: SentCommand[] = [];
  #next = 0;
  #closing = false;

  constructor(port: MessagePort, bell: Bell) {
    this.#port = port;
    this.#bell = bell;
  }

  /** How many wait. */
  get size(): number {
    return this.#waiting.length - this.#next;
  }

  /** Whether the sender asked to finish: nothing comes after that. */
  get isClosing(): boolean {
    return this.#closing;
  }

  receive(message: ToWriter): void {
    if (message === 'close') this.#closing = true;
    else for (const parcel of message) this.#waiting.push(unpack<SentCommand>(parcel));
  }

  /** Receives what was sent meanwhile. */
  look(): void {
    for (let sent = receiveMessageOnPort(this.#port); sent; sent = receiveMessageOnPort(this.#port))
      this.receive(sent.message as ToWriter);
  }

  /** Looks, and where nothing waits, stands still until something comes, at most `ms` milliseconds. */
  wait(ms: number): void {
    const heard = Atomics.load(this.#bell, RUNG);
    this.look();
    if (this.size > 0 || this.#closing) return;
    this.idle();
    Atomics.wait(this.#bell, RUNG, heard, ms);
    this.look();
  }

  /** Says that there is nothing to do. */
  idle(): void {
    Atomics.store(this.#bell, IDLE, 1);
  }

  take(): SentCommand | null {
    const taken = this.#waiting[this.#next];
    if (!taken) return null;
    this.#next++;
    if (this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
    return taken;
  }
}
