// One worker process, as the primary sees it.

import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { COUNT_FD } from './change-count.ts';
import type { ToPrimary, ToWorker } from './messages.ts';

const PROGRAM = fileURLToPath(new URL('../main.js', import.meta.url));

export interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export class Member {
  /** Its place in the crew, from 1; whoever replaces it gets the same. */
  readonly seat: number;
  /** Resolves when it serves: true; or when it ended before that: false. */
  readonly ready: Promise<boolean>;
  readonly gone: Promise<End>;
  /** When it began to serve, on the clock of this process. */
  readyAt: number | null = null;
  isLeaving = false;
  leads = false;
  readonly #child: ChildProcess;

  /** `countFd`: an open file that it inherits as COUNT_FD. */
  constructor(seat: number, onMessage: (message: ToPrimary) => void, countFd: number | null) {
    this.seat = seat;
    const stdio: (number | 'inherit' | 'ipc')[] = ['inherit', 'inherit', 'inherit', 'ipc'];
    if (countFd !== null) stdio[COUNT_FD] = countFd;
    // `advanced`: bytes and undefined cross as they are.
    this.#child = fork(PROGRAM, ['worker', String(seat)], { serialization: 'advanced', stdio });
    const ready = Promise.withResolvers<boolean>();
    this.ready = ready.promise;
    this.gone = new Promise((resolve) => {
      // Not `exit`: what it said last is read by then.
      this.#child.once('close', (code: number | null, signal: NodeJS.Signals | null) => {
        ready.resolve(false);
        resolve({ code, signal });
      });
    });
    this.#child.on('message', (message: ToPrimary) => {
      if (message.kind === 'ready') {
        this.readyAt = performance.now();
        ready.resolve(true);
      }
      onMessage(message);
    });
    // One that cannot be started or reached ends, and `gone` tells of that.
    this.#child.on('error', () => this.kill());
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isServing(): boolean {
    return this.readyAt !== null && !this.isLeaving && this.#child.connected;
  }

  /** What can no longer arrive is dropped: the worker is ending, and whoever waits in it sees that. */
  send(message: ToWorker, connection?: Socket): void {
    if (this.#child.connected) this.#child.send(message, connection, { keepOpen: true }, ignoreLoss);
  }

  leave(roll: boolean): void {
    this.isLeaving = true;
    if (this.readyAt === null) this.kill();
    else this.send({ kind: 'stop', roll });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** `gone` follows. */
function ignoreLoss(): void {}
