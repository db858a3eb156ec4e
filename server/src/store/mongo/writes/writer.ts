// Gathers the changes of a shop into groups for the door, keeps the queue bounded, and turns answers back into values
// and refusals.

import type { By, Written } from '../../../domain/actor.ts';
import { refuse, ShopError } from '../../../domain/shop-error.ts';
import type { ClusterMeter } from '../cluster-meter.ts';
import { wellFormed } from '../codec.ts';
import type { ChangeArgs, ChangeName, ChangeValue } from './changes.ts';
import type { Door } from './door.ts';
import type { Answer, Command } from './run-members.ts';

/** Changes taken in and not yet answered; one more is refused as busy. */
const MAX_WAITING = 1000;
const MAX_GROUP = 128;
/** How long a caller that was just answered may take to come back and share the next transaction, after the one before. */
const GATHER_MS = 3;
/** However they come: nobody waits longer for others than for a commit. */
const LONGEST_GATHER_MS = 12;
/** Sooner than the application hangs up on who waits for an answer (`connectionTimeout`, 14 s). */
const ANSWER_WITHIN_MS = 12_000;

export type Write = <N extends ChangeName>(
  name: N,
  args: ChangeArgs<N>,
  by: By,
) => Promise<Written<ChangeValue<N>>>;

interface Waiting {
  command: Command;
  settle: (answer: Answer) => void;
}

export interface WriterOptions {
  door: Pick<Door, 'runGroup'>;
  shopId: string;
  /** Hears of every group that was answered; upkeep hangs on it. Nobody waits for what it begins. */
  onGroup?: (shopId: string, at: number) => void;
  meter?: Pick<ClusterMeter, 'noteGroup'>;
}

export class Writer {
  readonly #options: WriterOptions;
  readonly #queue: Waiting[] = [];
  #unanswered = 0;
  #answered = 0;
  #draining: Promise<void> | null = null;
  #closed = false;
  #onArrival: (() => void) | null = null;

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** How many changes were answered so far, refused ones included. */
  get answered(): number {
    return this.#answered;
  }

  get unanswered(): number {
    return this.#unanswered;
  }

  readonly write: Write = (name, args, by) =>
    new Promise((resolve, reject) => {
      if (this.#closed) return reject(refuse('store_unavailable'));
      if (this.#unanswered >= MAX_WAITING) return reject(refuse('busy', { retryAfterSeconds: 1 }));
      this.#unanswered++;
      let isAnswered = false;
      const answer = (tell: () => void): void => {
        clearTimeout(limit);
        if (isAnswered) return;
        isAnswered = true;
        this.#unanswered--;
        this.#answered++;
        tell();
      };
      const settle = (given: Answer): void =>
        answer(() => {
          if ('defect' in given) reject(given.defect);
          else if (!given.outcome.ok) reject(new ShopError(given.outcome.refusal, given.requestId));
          else resolve({ ...given, value: given.outcome.value as never } as never);
        });
      const waiting = { command: wellFormed<Command>({ name, args, by }), settle };
      // A command may be at work for minutes, and nobody hangs up on it.
      const isPatient = by.actor.kind === 'command_line';
      const giveUp = (): void => answer(() => reject(this.#tooLate(waiting)));
      const limit = isPatient ? undefined : setTimeout(giveUp, ANSWER_WITHIN_MS);
      this.#queue.push(waiting);
      this.#onArrival?.();
      this.#draining ??= this.#drain();
    });

  /** Answers what is waiting. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#draining;
  }

  /** Who still waits for its turn leaves, and nothing of it is done; what is under way may come to be stored or not. */
  #tooLate(waiting: Waiting): ShopError {
    const place = this.#queue.indexOf(waiting);
    if (place >= 0) this.#queue.splice(place, 1);
    return refuse(place >= 0 ? 'store_unavailable' : 'outcome_unknown', { retryAfterSeconds: 1 });
  }

  async #drain(): Promise<void> {
    // What one turn of the event loop brings goes together.
    await new Promise(setImmediate);
    while (this.#queue.length > 0) {
      const group = this.#queue.splice(0, MAX_GROUP);
      const { door, shopId, onGroup, meter } = this.#options;
      const commands = group.map(({ command }) => command);
      const answers = await door.runGroup(shopId, commands);
      meter?.noteGroup(group.length);
      for (const [index, { settle }] of group.entries()) settle(answers[index] as Answer);
      await this.#gather(group.length + this.#queue.length);
      onGroup?.(shopId, commands[0]?.by.at ?? 0);
    }
    this.#draining = null;
  }

  /** A short wait for those just answered: else they fall into two groups that commit in turn. */
  #gather(callers: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed || this.#queue.length >= callers) return resolve();
      const go = (): void => {
        clearTimeout(timer);
        this.#onArrival = null;
        resolve();
      };
      const until = performance.now() + LONGEST_GATHER_MS;
      const timer = setTimeout(go, GATHER_MS);
      this.#onArrival = () => {
        if (this.#queue.length >= callers || performance.now() > until) go();
        else timer.refresh();
      };
    });
  }
}
