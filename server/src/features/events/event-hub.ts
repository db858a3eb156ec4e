// Follows the journal for everyone who listens to this process: entries are read once and told to each listener as
// its rights of the moment allow. The journal is all it knows of changes, so it hears those of other processes too.

import { randomInt } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { JournalEntry } from '../../domain/journal.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import { refuse, ShopError } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import { findCaller } from '../../http/session.ts';
import type { Shop } from '../../http/shop.ts';
import { Batch, message } from './event-view.ts';
import type { Listener } from './listener.ts';
import { TrainingNews } from './training-news.ts';

const MOST_LISTENERS = 1_000;
/** Of them, accounts without any right in the shop: anybody may make such an account. */
const MOST_GUESTS = 100;
const ENTRIES_AT_ONCE = 200;

/** How often the journal is looked at; the others are counted in looks. */
export interface Pace {
  lookEveryMs: number;
  looksPerRightsCheck: number;
  looksPerTrainingNews: number;
  looksPerHeartbeat: number;
  /** How long a reader may leave its pipe full. */
  patienceMs: number;
}
export const PACE: Pace = {
  lookEveryMs: 50,
  looksPerRightsCheck: 8,
  looksPerTrainingNews: 10,
  looksPerHeartbeat: 300,
  patienceMs: 10_000,
};

export class EventHub {
  readonly #shop: Shop;
  readonly #pace: Pace;
  readonly #listeners = new Set<Listener>();
  readonly #training: TrainingNews;
  #position = 0;
  #isFollowing = false;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(shop: Shop, pace: Pace) {
    this.#shop = shop;
    this.#pace = pace;
    this.#training = new TrainingNews(shop.store.jobs);
    shop.meters.gauge('swati_event_listeners', 'Open streams of events', () => this.#listeners.size);
    shop.stopping?.addEventListener('abort', () => {
      // Not all at once, or the next server meets them all in its first second.
      for (const listener of this.#listeners) listener.end(`retry: ${randomInt(1_000, 5_001)}\n\n`);
    });
  }

  /** Refuses `busy` when no more may listen, or the server is about to stop. */
  requireRoom(user: User): void {
    const isGuest = permissionsOf(user).length === 0;
    const guests = [...this.#listeners].filter(({ permissions }) => permissions.length === 0).length;
    if (this.#listeners.size >= MOST_LISTENERS || (isGuest && guests >= MOST_GUESTS)) {
      throw refuse('busy', { details: 'Too many are listening already', retryAfterSeconds: 5 });
    }
    if (this.#shop.stopping?.aborted) throw refuse('busy', { retryAfterSeconds: 1 });
  }

  /** Tells the listener what follows its position. `head`: a position that the journal has reached. */
  join(listener: Listener, head: number): void {
    this.#listeners.add(listener);
    if (!this.#isFollowing) {
      this.#position = head;
      void this.#follow();
    }
    this.#catchUp(listener);
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  async #follow(): Promise<void> {
    this.#isFollowing = true;
    const { lookEveryMs, looksPerRightsCheck, looksPerTrainingNews, looksPerHeartbeat } = this.#pace;
    for (let look = 1; this.#listeners.size > 0; look++) {
      await sleep(lookEveryMs);
      try {
        if (look % looksPerRightsCheck === 0) await this.#checkRights([...this.#listeners]);
        if (look % looksPerHeartbeat === 0) for (const listener of this.#listeners) listener.send(':\n\n');
        await this.#tellNews();
        if (look % looksPerTrainingNews === 0) await this.#tellTraining();
      } catch (error) {
        this.#endAll([...this.#listeners], error);
      }
    }
    this.#isFollowing = false;
  }

  async #tellNews(): Promise<void> {
    let entries: JournalEntry[];
    do {
      entries = await this.#shop.store.journal.listAfter(this.#position, ENTRIES_AT_ONCE);
      if (entries.length === 0) return;
      // A change of an account, or of what accounts owe, counts from the next entry on, not from the next check.
      if (entries.some(({ subject }) => subject.type === 'user' || subject.type === 'settings')) {
        await this.#checkRights([...this.#listeners]);
      }
      this.#tell(new Batch(entries));
    } while (entries.length === ENTRIES_AT_ONCE);
  }

  async #tellTraining(): Promise<void> {
    const watching = [...this.#listeners].filter(({ permissions }) =>
      permissions.includes('predictions.train'),
    );
    if (watching.length === 0) return;
    const text = (await this.#training.read()).map((news) => message('training', news)).join('');
    // A pipe that is full can do without: the next news says all of this again.
    for (const listener of watching) if (!listener.isFull) listener.send(text);
  }

  #tell(batch: Batch): void {
    this.#position = batch.entries.at(-1)?.seq ?? this.#position;
    for (const listener of this.#listeners) {
      // One whose pipe is full is not given more to keep: it reads on by itself once it is empty.
      if (!listener.isLive) continue;
      if (listener.isFull) {
        listener.isLive = false;
        this.#catchUp(listener);
        continue;
      }
      listener.send(batch.textAfter(listener.position, listener.permissions));
      listener.position = Math.max(listener.position, this.#position);
    }
  }

  #catchUp(listener: Listener): void {
    this.#readMissed(listener).catch((error: unknown) => this.#endAll([listener], error));
  }

  /** Reads what a listener has missed, as fast as it takes it, until it stands where the others stand. */
  async #readMissed(listener: Listener): Promise<void> {
    while (listener.isOpen) {
      if (listener.isFull) await listener.emptied(this.#pace.patienceMs);
      const entries = await this.#shop.store.journal.listAfter(listener.position, ENTRIES_AT_ONCE);
      if (!listener.isOpen) return;
      listener.send(new Batch(entries).textAfter(listener.position, listener.permissions));
      listener.position = entries.at(-1)?.seq ?? listener.position;
      if (entries.length < ENTRIES_AT_ONCE && listener.position >= this.#position) {
        listener.isLive = true;
        return;
      }
      // One after another: a hundred who read the whole past at once would hold up everybody else.
      this.#turns = this.#turns.then(() => nextTurn());
      await this.#turns;
    }
  }

  /** Reads the accounts anew, once a token; ends the streams of those whose token holds no longer. */
  async #checkRights(listeners: Listener[]): Promise<void> {
    const byToken = Map.groupBy(listeners, ({ request }) => request.headers.authorization);
    for (const group of byToken.values()) {
      const [{ request }] = group as [Listener];
      try {
        const { user, owesSecondFactor } = await findCaller(request, this.#shop);
        if (owesSecondFactor) throw refuse('totp_required');
        const permissions = permissionsOf(user);
        for (const listener of group) listener.permissions = permissions;
      } catch (error) {
        if (!(error instanceof ShopError)) throw error;
        for (const listener of group) listener.end(message('end', { type: error.code }));
      }
    }
  }

  /** Nothing is kept from a listener silently: it comes back with its last id, and is answered what is wrong. */
  #endAll(listeners: Listener[], error: unknown): void {
    listeners[0]?.log.error({ err: error }, 'live streams end');
    for (const listener of listeners) listener.end(message('end', { type: 'store_unavailable' }));
  }
}
