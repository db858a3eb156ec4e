// The same done to many pieces, in as many calls as that takes; and what is said of it when not all of them went through.

import type {
  BulkProductsBody,
  BulkResultWire,
  ProductWire,
} from '../../../../server/src/contract/product.ts';
import { isApiError } from '../../api/api-error.ts';
import { sendData } from '../../api/client.ts';
import { errorText } from '../../api/error-text.ts';
import { say } from '../../words/say.ts';
import { productWords } from './words/product-words.ts';

const MOST_IN_ONE_CALL = 500;

export type ManyChanges = NonNullable<BulkProductsBody['changes']>;

/** Ids, each in the order asked. */
export interface ManyDone {
  /** Those that are now as was asked. */
  done: string[];
  /** Of these, those that were not so before: an Undo is for them alone. */
  changed: string[];
  /** Those that were not there any more. */
  gone: string[];
  /** Those that a call which failed left as they were, or nobody knows of. */
  left: string[];
  /** Why they were left; null where none was. */
  error: unknown;
}

/** What is shown is refreshed by the caller. Throws what the first call failed with: then nothing was done. */
export async function changeMany(
  ids: readonly string[],
  action: BulkProductsBody['action'],
  changes?: ManyChanges,
): Promise<ManyDone> {
  const results: BulkResultWire[] = [];
  let error: unknown = null;
  let from = 0;
  for (; from < ids.length; from += MOST_IN_ONE_CALL) {
    const body: BulkProductsBody = {
      ids: ids.slice(from, from + MOST_IN_ONE_CALL),
      action,
      ...(changes === undefined ? {} : { changes }),
    };
    try {
      results.push(...(await sendData<BulkResultWire[]>('POST', '/api/products/bulk', { body })));
    } catch (thrown) {
      if (from === 0) throw thrown;
      error = thrown;
      break;
    }
  }
  const idsOf = (found: BulkResultWire[]) => found.map(({ id }) => id);
  return {
    done: idsOf(results.filter(({ success }) => success)),
    changed: idsOf(results.filter(({ success, changed }) => success && changed !== false)),
    gone: idsOf(results.filter(({ success }) => !success)),
    left: ids.slice(from),
    error,
  };
}

/** Gives each piece what it had before, those that had the same together. Throws where none was given back. */
export async function putBack(before: readonly ProductWire[], changes: ManyChanges): Promise<ManyDone> {
  const names = Object.keys(changes) as (keyof ManyChanges)[];
  const had = (product: ProductWire): ManyChanges =>
    Object.fromEntries(names.map((name) => [name, product[name]]));
  const alike = new Map<string, string[]>();
  for (const product of before) {
    const key = JSON.stringify(had(product));
    alike.set(key, [...(alike.get(key) ?? []), product.id]);
  }
  const all: ManyDone = { done: [], changed: [], gone: [], left: [], error: null };
  for (const [key, ids] of alike) {
    if (all.error !== null) {
      all.left.push(...ids);
      continue;
    }
    try {
      const some = await changeMany(ids, 'edit', JSON.parse(key) as ManyChanges);
      for (const name of ['done', 'changed', 'gone', 'left'] as const) all[name].push(...some[name]);
      all.error = some.error;
    } catch (error) {
      if (all.done.length === 0) throw error;
      all.left.push(...ids);
      all.error = error;
    }
  }
  return all;
}

type Said = 'editedMany' | 'publishedMany' | 'tookOffMany' | 'removedMany' | 'putBackMany';

/** How many it was done to, how many it was not, and why. */
export function manyText(said: Said, { done, gone, left, error }: ManyDone): string {
  const words = say(productWords);
  const isUnknown = isApiError(error) && error.isOutcomeUnknown;
  return [
    words(said, { count: done.length }),
    ...(gone.length === 0 ? [] : [words('missedMany', { count: gone.length })]),
    ...(left.length === 0
      ? []
      : [words(isUnknown ? 'unknownMany' : 'leftMany', { count: left.length }), errorText(error, 'pressed')]),
  ].join(' ');
}
