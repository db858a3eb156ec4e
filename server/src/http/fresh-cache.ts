// Answers that are reused until something changed, and never a moment longer: they hold for one epoch of the store (a
// new one after every restore), one position of its journal and one of the shop's days, since rates come into force
// and ages grow at the shop's midnight. Whatever an answer depends on beside these must stand in its key.

import { dayOf } from '../domain/shop-day.ts';
import type { Tally } from './meters.ts';
import type { Shop } from './shop.ts';

/** The answers of one moment are few: one for each question that somebody asks again and again. */
const MAX_ANSWERS = 500;

export class FreshCache {
  readonly #shop: Pick<Shop, 'store' | 'now' | 'meters'>;
  readonly #hits: Tally;
  readonly #misses: Tally;
  readonly #maxAnswers: number;
  #moment = '';
  #answers = new Map<string, Promise<unknown>>();

  constructor(shop: Pick<Shop, 'store' | 'now' | 'meters'>, maxAnswers = MAX_ANSWERS) {
    this.#shop = shop;
    this.#hits = shop.meters.tally(
      'swati_figures_kept_total',
      'Figures that were answered as they were kept',
    );
    this.#misses = shop.meters.tally('swati_figures_made_total', 'Figures that were put together anew');
    this.#maxAnswers = maxAnswers;
  }

  /** The kept answer to `key`, or a new one. `make` is given the shop's day; equal questions at once share one answer. */
  async answer<T>(key: string, make: (today: string) => Promise<T>): Promise<T> {
    const { store, now } = this.#shop;
    const today = dayOf(now());
    // Read before the answer is made: what changes meanwhile makes it old, not wrong.
    const [epoch, position] = await Promise.all([store.journal.epoch(), store.journal.position()]);
    this.#keepOnly(`${epoch} ${position} ${today}`);
    const answers = this.#answers;
    const kept = answers.get(key);
    if (kept !== undefined) {
      this.#hits.count++;
      return kept as Promise<T>;
    }
    this.#misses.count++;
    const answer = make(today);
    this.#makeRoom();
    answers.set(key, answer);
    // A failure is no answer.
    answer.catch(() => answers.delete(key));
    return answer;
  }

  #keepOnly(moment: string): void {
    if (moment === this.#moment) return;
    this.#moment = moment;
    this.#answers = new Map();
  }

  /** The oldest answer goes first. */
  #makeRoom(): void {
    if (this.#answers.size < this.#maxAnswers) return;
    for (const oldest of this.#answers.keys()) {
      this.#answers.delete(oldest);
      return;
    }
  }
}
