// The primary's end of a worker's changes: each is run through the one door, and answered to the worker that asked.

import { ShopError } from '../domain/shop-error.ts';
import type { RunChange } from '../store/store.ts';
import type { AskedChange, ChangeAnswer } from './messages.ts';
import { Outbox } from './outbox.ts';

export class WriteDesk {
  readonly #run: RunChange;
  readonly #outbox: Outbox<ChangeAnswer>;

  /** `send` reaches one worker; what it can no longer deliver is lost with that worker's callers. */
  constructor(run: RunChange, send: (answers: ChangeAnswer[]) => void) {
    this.#run = run;
    this.#outbox = new Outbox(send);
  }

  take(changes: readonly AskedChange[]): void {
    for (const { id, name, args, by } of changes) {
      this.#run(name, args, by).then(
        (written) => this.#outbox.add({ id, ok: true, ...written }),
        (error: unknown) => this.#outbox.add({ id, ...whyNot(error) }),
      );
    }
  }
}

function whyNot(
  error: unknown,
): { ok: false; refusal: ShopError['refusal']; requestId: string | undefined } | { defect: string } {
  if (error instanceof ShopError)
    return { ok: false, refusal: error.refusal, requestId: error.firstRequestId };
  return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}
