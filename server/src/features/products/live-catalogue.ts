// The catalogue that the public sees, answered from memory and never older than the store. Where it cannot answer (it
// is still being built, or too large) the answer is null, and the store's.

import type { FastifyBaseLogger } from 'fastify';
import type { ProductFilter } from '../../domain/product.ts';
import type { KeptAnswer } from '../../http/kept-answer.ts';
import type { PageNumbers } from '../../http/paging.ts';
import type { Shop } from '../../http/shop.ts';
import { listAnswer, type Making, pieceAnswer } from './catalogue-answers.ts';
import { CatalogueFollower, type CatalogueState, LIMITS, type Moment } from './catalogue-follower.ts';

const MOST_ANSWERS = 1_000;
/** The same for what they take together: anybody may ask for the same page under a thousand addresses. */
const MOST_BYTES = 32 * 1024 * 1024;
/** Longer questions are answered, but not kept. */
const LONGEST_KEY = 512;

export interface ListQuery {
  filter: ProductFilter;
  numbers: PageNumbers;
  withPrice: boolean;
}

export class LiveCatalogue {
  readonly #follower: CatalogueFollower;
  /** The answers of one moment. */
  #moment: Moment | null = null;
  #answers = new Map<string, KeptAnswer>();
  #bytes = 0;

  constructor(shop: Pick<Shop, 'store' | 'now' | 'stopping'>, log: FastifyBaseLogger, limits = LIMITS) {
    this.#follower = new CatalogueFollower({
      shop,
      limits,
      onTrouble: (error) => log.error({ err: error }, 'the catalogue in memory cannot be built'),
      onTooLarge: () => log.warn('the catalogue is too large for the memory: the database answers for it'),
    });
  }

  /** Its state and how many pieces it holds. */
  figures(): { state: CatalogueState; pieces: number } {
    return { state: this.#follower.state, pieces: this.#follower.pieces };
  }

  /** Resolves when nothing is under way in the background. */
  settled(): Promise<void> {
    return this.#follower.settled();
  }

  /** A page of the public list. `key`: all that the page depends on beside the catalogue. */
  async list(key: string, query: () => ListQuery): Promise<KeptAnswer | null> {
    const moment = this.#follower.fresh() ?? (await this.#follower.catchUp());
    return moment && this.#listAt(moment, key, query);
  }

  /** The same where nothing was written that is still to be looked at; else null. */
  listAtOnce(key: string, query: () => ListQuery): KeptAnswer | null {
    const moment = this.#follower.fresh();
    return moment && this.#listAt(moment, key, query);
  }

  #listAt(moment: Moment, key: string, query: () => ListQuery): KeptAnswer | null {
    const kept = this.#keptAt(moment, key);
    if (kept) return kept;
    const { filter, numbers, withPrice } = query();
    const found = moment.index.select(filter, numbers.skip, numbers.limit);
    return found && this.#keep(key, listAnswer(this.#making(moment, withPrice), found, numbers));
  }

  /** One piece; undefined: there is none that the public sees. */
  async piece(id: string, withPrice: boolean): Promise<KeptAnswer | null | undefined> {
    const moment = this.#follower.fresh() ?? (await this.#follower.catchUp());
    if (moment === null) return null;
    const key = `${withPrice ? 'priced' : 'bare'} ${id}`;
    const kept = this.#keptAt(moment, key);
    if (kept) return kept;
    const piece = moment.index.find(id);
    return piece && this.#keep(key, pieceAnswer(this.#making(moment, withPrice), piece));
  }

  #making(moment: Moment, withPrice: boolean): Making {
    const { index, board } = moment;
    return { index, board: withPrice ? board : null, holds: () => this.#follower.fresh() === moment };
  }

  #keptAt(moment: Moment, key: string): KeptAnswer | undefined {
    if (moment !== this.#moment) {
      this.#moment = moment;
      this.#answers = new Map();
      this.#bytes = 0;
    }
    return this.#answers.get(key);
  }

  /** The oldest answers make room for a new one. */
  #keep(key: string, answer: KeptAnswer): KeptAnswer {
    if (key.length > LONGEST_KEY) return answer;
    this.#answers.set(key, answer);
    this.#bytes += answer.body.length;
    for (const [oldest, { body }] of this.#answers) {
      if (this.#answers.size <= MOST_ANSWERS && this.#bytes <= MOST_BYTES) break;
      this.#answers.delete(oldest);
      this.#bytes -= body.length;
    }
    return answer;
  }
}
