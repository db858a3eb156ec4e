// Who waits for the writer thread's answers, and what its messages mean to them. A caller that said so hears what is
// announced, and gets its own answer ready while the thread commits; all others hear nothing before the commit.

import type { Early, Written } from '../../../domain/actor.ts';
import { ShopError } from '../../../domain/shop-error.ts';
import type { Answer } from './door.ts';
import { unpack } from './parcel.ts';
import type { FromWriter, SentAnswer } from './writer-messages.ts';

/** Callers told in one turn of the event loop, at most. */
const TOLD_AT_ONCE = 4;

interface Caller {
  resolve: (written: Written<never>) => void;
  reject: (error: Error) => void;
  early?: Early | undefined;
}

export class Callers {
  readonly #waiting = new Map<number, Caller>();
  readonly #turns = new Turns();
  #announced: SentAnswer[] = [];

  get size(): number {
    return this.#waiting.size;
  }

  add(id: number, caller: Caller): void {
    this.#waiting.set(id, caller);
  }

  refuse(id: number, error: Error): void {
    const caller = this.#waiting.get(id);
    this.#waiting.delete(id);
    caller?.reject(error);
  }

  hear(message: FromWriter): void {
    switch (message.kind) {
      case 'announced':
        this.#announced = message.answers.map((parcel) => unpack<SentAnswer>(parcel));
        this.#turns.take(this.#announced.map((sent) => () => this.#announce(sent)));
        break;
      case 'durable':
        this.#turns.take(this.#announced.map((sent) => () => this.#finish(sent)));
        break;
      case 'answers':
        this.#turns.take(message.answers.map((parcel) => () => this.#finish(unpack<SentAnswer>(parcel))));
    }
  }

  /** Nobody will answer any more: whose answer is here gets it, the others hear `error`. */
  end(error: Error): void {
    this.#turns.finish();
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }

  #finish({ id, answer }: SentAnswer): void {
    const caller = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (caller) settle(caller, answer);
  }

  /** From here on the caller waits for the durability alone. A refusal is no work, and is told when it is durable. */
  #announce({ id, answer }: SentAnswer): void {
    const caller = this.#waiting.get(id);
    if (!caller?.early || 'defect' in answer || !answer.outcome.ok) return;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // The caller may have failed with its answer, and then waits for nothing.
    promise.catch(() => undefined);
    caller.early.durable = promise;
    this.#waiting.set(id, { resolve: () => resolve(), reject });
    settle(caller, answer);
  }
}

/**
 * Tells the callers of a group a few at a time: those who have their answers come back while the others get theirs, and
 * the writer can begin with them. Never in the turn of the event loop in which the answers came: what was kept for that
 * turn (see stampOf) must be forgotten before anybody hears of a change.
 */
class Turns {
  readonly #left: (() => void)[] = [];

  take(jobs: readonly (() => void)[]): void {
    const isUnderWay = this.#left.length > 0;
    this.#left.push(...jobs);
    if (!isUnderWay) setImmediate(this.#turn);
  }

  /** All that are left. */
  finish(): void {
    for (const job of this.#left.splice(0)) job();
  }

  readonly #turn = (): void => {
    for (const job of this.#left.splice(0, TOLD_AT_ONCE)) job();
    if (this.#left.length > 0) setImmediate(this.#turn);
  };
}

function settle(caller: Caller, answer: Answer): void {
  if ('defect' in answer) {
    caller.reject(new Error(answer.defect));
    return;
  }
  const { outcome, position, requestId } = answer;
  if (outcome.ok) caller.resolve({ value: outcome.value as never, position, requestId });
  else caller.reject(new ShopError(outcome.refusal, requestId));
}
