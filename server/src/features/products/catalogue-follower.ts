// Keeps an index of the published pieces as the store has them: built from pages of the store, then changed by what the
// journal says. It asks the store's stamp before every answer, so that what was written is seen by the next request,
// whoever wrote it; the clock only says when the day's rates change.

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RowMark } from '../../domain/page.ts';
import type { Board } from '../../domain/piece-price.ts';
import { dayOf, endOfDay, startOfDay } from '../../domain/shop-day.ts';
import type { Shop } from '../../http/shop.ts';
import { CatalogueIndex } from './catalogue-index.ts';
import { type Changed, noteChanges } from './changed-pieces.ts';
import { readBoard } from './price-board.ts';

/** What one slice of the building takes of the request thread is a few milliseconds. */
const PIECES_AT_ONCE = 250;
const ENTRIES_AT_ONCE = 250;
/** Who is further behind than this does not keep a request waiting: it follows in the background. */
const MOST_ENTRIES_A_LOOK = 1_000;
const MOST_PIECES_A_LOOK = 250;
/** While others write without a pause, the store answers rather than that the looking goes on. */
const MOST_LOOKS = 4;

export interface CatalogueLimits {
  pieces: number;
  /** What the texts may take: on average, once they are more than `bytesInAll` together. */
  bytesPerPiece: number;
  bytesInAll: number;
}
export const LIMITS: CatalogueLimits = {
  pieces: 200_000,
  bytesPerPiece: 1_500,
  bytesInAll: 16 * 1024 * 1024,
};

/** `empty`: not asked for yet. `behind`: it follows. `too large`: from now on the store answers. */
export type CatalogueState = 'empty' | 'building' | 'behind' | 'ready' | 'too large';

/** The catalogue between two changes: another object after every change that the public could see. */
export interface Moment {
  index: CatalogueIndex;
  board: Board;
}

export interface FollowerOptions {
  shop: Pick<Shop, 'store' | 'now' | 'stopping'>;
  limits: CatalogueLimits;
  /** Something failed in the background; the store answers until the next attempt. */
  onTrouble: (error: unknown) => void;
  onTooLarge: () => void;
}

export class CatalogueFollower {
  readonly #options: FollowerOptions;
  #state: CatalogueState = 'empty';
  #index = new CatalogueIndex();
  #moment: Moment | null = null;
  /** The instants between which the board holds if nobody writes. */
  #day = { from: 0, until: 0 };
  #epoch = '';
  #position = 0;
  #stamp: number | string | null = null;
  #looking: Promise<void> | null = null;
  #background: Promise<void> | null = null;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  get state(): CatalogueState {
    return this.#state;
  }

  get pieces(): number {
    return this.#index.count;
  }

  /** What holds now, where nothing was written since the last look and the day is the same; else null. */
  fresh(): Moment | null {
    if (this.#state !== 'ready') return null;
    const { store, now } = this.#options.shop;
    const at = now();
    if (at < this.#day.from || at >= this.#day.until) return null;
    return store.journal.stamp() === this.#stamp ? this.#moment : null;
  }

  /** Looks at what was written since. Null: the store must answer. */
  async catchUp(): Promise<Moment | null> {
    for (let look = 0; look < MOST_LOOKS; look++) {
      if (this.#state !== 'ready') {
        this.#goOn();
        return null;
      }
      // Many who ask at once wait for one look; each sees for itself whether it came late enough.
      this.#looking ??= this.#look().finally(() => {
        this.#looking = null;
      });
      await this.#looking;
      const moment = this.fresh();
      if (moment) return moment;
    }
    return null;
  }

  /** Resolves when nothing is under way in the background. */
  async settled(): Promise<void> {
    while (this.#background !== null) await this.#background;
  }

  #goOn(): void {
    if (this.#state === 'too large' || this.#background !== null) return;
    this.#background = this.#workBehind()
      .catch((error: unknown) => {
        this.#forget('empty');
        if (!this.#options.shop.stopping?.aborted) this.#options.onTrouble(error);
      })
      .finally(() => {
        this.#background = null;
      });
  }

  async #workBehind(): Promise<void> {
    if (this.#state === 'empty') await this.#build();
    while (this.#state === 'building' || this.#state === 'behind') {
      await nextTurn();
      if (this.#options.shop.stopping?.aborted) return this.#forget('empty');
      if (await this.#followOnce()) this.#becomeReady();
    }
  }

  /** Unless what was just read made it worthless. */
  #becomeReady(): void {
    if (this.#state === 'building' || this.#state === 'behind') this.#state = 'ready';
  }

  async #build(): Promise<void> {
    const { store, stopping } = this.#options.shop;
    this.#state = 'building';
    // Before the pieces: what changes while they are read is in the journal after this.
    this.#epoch = await store.journal.epoch();
    this.#position = await store.journal.position();
    const index = new CatalogueIndex();
    let row: RowMark | null = null;
    do {
      const page = await store.products.listAfter({ status: 'published' }, row, PIECES_AT_ONCE);
      for (const product of page) index.put(product);
      row = page.length < PIECES_AT_ONCE ? null : (page.at(-1) ?? null);
      if (this.#isTooLarge(index)) return this.#giveUp();
      await nextTurn();
    } while (row !== null && !stopping?.aborted);
    index.settle();
    this.#index = index;
    this.#moment = null;
  }

  async #look(): Promise<void> {
    if (!(await this.#followOnce()) && this.#state === 'ready') {
      this.#state = 'behind';
      this.#goOn();
    }
  }

  /** Applies what the journal says next; true when that was all. */
  async #followOnce(): Promise<boolean> {
    const { store } = this.#options.shop;
    // First of all: what is written after this is seen by the next look.
    const stamp = store.journal.stamp();
    if ((await store.journal.epoch()) !== this.#epoch) {
      this.#forget('empty');
      return false;
    }
    const changed: Changed = { pieces: new Set(), prices: false };
    let position = this.#position;
    let isAll = false;
    for (let read = 0; !isAll && read < MOST_ENTRIES_A_LOOK; read += ENTRIES_AT_ONCE) {
      const entries = await store.journal.listAfter(position, ENTRIES_AT_ONCE);
      await noteChanges(store, entries, changed);
      position = entries.at(-1)?.seq ?? position;
      isAll = entries.length < ENTRIES_AT_ONCE;
      if (changed.pieces.size > MOST_PIECES_A_LOOK) break;
    }
    await this.#apply(changed);
    this.#position = position;
    if (isAll) this.#stamp = stamp;
    return isAll;
  }

  async #apply({ pieces, prices }: Changed): Promise<void> {
    const { store, now } = this.#options.shop;
    const index = this.#index;
    const at = now();
    const sameDay = at >= this.#day.from && at < this.#day.until;
    const known = this.#moment?.board;
    const holding = sameDay && !prices ? known : undefined;
    if (holding && pieces.size === 0) return;
    // All at once: a store far away is asked once for them.
    const finding = Array.from(pieces, async (id) => [id, await store.products.find(id)] as const);
    const [found, board] = await Promise.all([
      Promise.all(finding),
      holding ?? readBoard(this.#options.shop),
    ]);
    for (const [id, product] of found) {
      if (product?.status === 'published') index.put(product);
      else index.drop(id);
    }
    index.settle();
    if (this.#isTooLarge(index)) return this.#giveUp();
    if (index.isWorn) return this.#forget('empty');
    this.#day = { from: startOfDay(dayOf(at)), until: endOfDay(dayOf(at)) };
    const isSame = known !== undefined && JSON.stringify(known) === JSON.stringify(board);
    if (pieces.size > 0 || !isSame) this.#moment = { index, board: isSame ? known : board };
  }

  #isTooLarge(index: CatalogueIndex): boolean {
    const { pieces, bytesInAll, bytesPerPiece } = this.#options.limits;
    return index.count > pieces || index.texts.bytes > Math.max(bytesInAll, bytesPerPiece * index.count);
  }

  #giveUp(): void {
    this.#forget('too large');
    this.#options.onTooLarge();
  }

  #forget(state: 'empty' | 'too large'): void {
    this.#state = state;
    this.#index = new CatalogueIndex();
    this.#moment = null;
    this.#stamp = null;
  }
}
