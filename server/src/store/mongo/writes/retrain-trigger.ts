// New prices ask for a training, in the same write that records them: so it is asked for once, whoever counts. Rows are
// read only as far as the rule counts them.

import type { Metal } from '../../../domain/price.ts';
import { dayOf } from '../../../domain/shop-day.ts';
import { type ModelName, seriesModelName } from '../../../domain/trained-model.ts';
import { isRetrainDue, ROWS_THAT_COUNT, type TrainingTarget } from '../../../domain/training-job.ts';
import { toJob } from '../reads/jobs.ts';
import { LATEST_FIRST } from '../reads/prices.ts';
import type { CollectionName } from '../rows.ts';
import { OPEN_JOBS, requestJob } from './jobs.ts';
import { modelNamed, needModels } from './models.ts';
import { inForce, latestFirst } from './series.ts';
import type { Tx } from './tx.ts';
import type { AnyQuery, Query } from './view.ts';

/** `id` becomes that of the job. True when these rows asked for a training. */
export function triggerOfRates(tx: Tx, metal: Metal, purity: string, id: string): boolean {
  return request(tx, 'gold', ratesOf(tx, metal, purity), id);
}

/** The same of many purities, with the id of the job that each may ask for; what they need is read together. */
export function triggerOfSeries(
  tx: Tx,
  metal: Metal,
  series: readonly { purity: string; id: string }[],
): void {
  needModels(
    tx,
    series.map(({ purity }) => seriesModelName(metal, purity)),
  );
  const counted = series.flatMap(({ purity }) => {
    const rates = ratesOf(tx, metal, purity);
    return [rates.rows, freshOf(rates)];
  });
  tx.need(counted as unknown as AnyQuery[]);
  for (const { purity, id } of series) triggerOfRates(tx, metal, purity, id);
}

function ratesOf(tx: Tx, metal: Metal, purity: string): Series<'price_history'> {
  const seen = seenPosition(tx, seriesModelName(metal, purity));
  const all = inForce(tx, { metal, purity });
  const rows = { ...all, name: `${all.name}/all`, first: { ...LATEST, limit: ROWS_THAT_COUNT } };
  return { rows, seen, hasReference: false };
}

export function triggerOfStones(tx: Tx, id: string): boolean {
  const seen = seenPosition(tx, 'diamond-4c');
  const today = dayOf(tx.by.at);
  const rows: Query<'diamond_price_history'> = {
    collection: 'diamond_price_history',
    name: `diamond_price_history/known/${today}`,
    filter: { day: { $lte: today } },
    matches: (row) => row.day <= today,
    first: { ...LATEST, limit: ROWS_THAT_COUNT },
  };
  const hasReference = tx.find(REFERENCE_STONES).length > 0;
  return request(tx, 'diamond', { rows, seen, hasReference }, id);
}

const LATEST = { sort: LATEST_FIRST, compare: latestFirst };
const REFERENCE_STONES: Query<'reference_diamonds'> = {
  collection: 'reference_diamonds',
  name: 'reference_diamonds/first',
  filter: { part: 0 },
  matches: (row) => row.part === 0,
};

interface Series<C extends CollectionName> {
  rows: Query<C>;
  seen: number;
  hasReference: boolean;
}

function request<C extends 'price_history' | 'diamond_price_history'>(
  tx: Tx,
  target: TrainingTarget,
  series: Series<C>,
  id: string,
): boolean {
  const { rows, hasReference } = series;
  const fresh = freshOf(series);
  tx.need([rows, fresh, OPEN_JOBS] as unknown as AnyQuery[]);
  const counts = { rows: tx.find(rows).length, newRows: tx.find(fresh).length, hasReference };
  if (!isRetrainDue(target, counts, tx.find(OPEN_JOBS).map(toJob))) return false;
  requestJob(tx, { id, targets: [target], reason: 'new_rows' });
  return true;
}

/** Those rows that the model in service has not seen. */
function freshOf<C extends 'price_history' | 'diamond_price_history'>({ rows, seen }: Series<C>): Query<C> {
  return {
    ...rows,
    name: `${rows.name}/after/${seen}`,
    filter: { ...rows.filter, position: { $gt: seen } },
    matches: (row) => row.position > seen && rows.matches(row),
  };
}

function seenPosition(tx: Tx, name: ModelName): number {
  return tx.find(modelNamed(name))[0]?.current.seenPosition ?? 0;
}
