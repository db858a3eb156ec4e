// A worker's way to write: its changes go to the primary as data, and come back as values and refusals.

import type { Written } from '../domain/actor.ts';
import { refuse, ShopError } from '../domain/shop-error.ts';
import type { RunChange, WriterElsewhere } from '../store/store.ts';
import { readChangeCount } from './change-count.ts';
import type { AskedChange, ChangeAnswer } from './messages.ts';
import { Outbox } from './outbox.ts';

/** Changes sent and not yet answered; one more is refused as busy. */
const MOST_WAITING = 1000;

interface Waiting {
  resolve: (written: Written<unknown>) => void;
  reject: (error: Error) => void;
}

export class ForwardedWrites implements WriterElsewhere {
  readonly #waiting = new Map<number, Waiting>();
  readonly #outbox: Outbox<AskedChange>;
  #nextId = 1;

  constructor(send: (changes: AskedChange[]) => void) {
    this.#outbox = new Outbox(send);
  }

  get changes(): number {
    return readChangeCount();
  }

  readonly run: RunChange = (name, args, by) =>
    new Promise((resolve, reject) => {
      if (this.#waiting.size >= MOST_WAITING) return reject(refuse('busy', { retryAfterSeconds: 1 }));
      const id = this.#nextId++;
      this.#waiting.set(id, { resolve, reject });
      this.#outbox.add({ id, name, args, by });
    });

  take(answers: readonly ChangeAnswer[]): void {
    for (const answer of answers) {
      const caller = this.#waiting.get(answer.id);
      this.#waiting.delete(answer.id);
      if (caller) settle(caller, answer);
    }
  }
}

function settle(caller: Waiting, answer: ChangeAnswer): void {
  if ('defect' in answer) caller.reject(new Error(answer.defect));
  else if (answer.ok) {
    const { value, position, requestId } = answer;
    caller.resolve({ value, position, requestId });
  } else caller.reject(new ShopError(answer.refusal, answer.requestId));
}
