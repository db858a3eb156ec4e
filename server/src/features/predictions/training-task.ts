// What a training does, as data in and data out: each target by itself, so that one that fails takes no other with it.

import type { TrainingTarget } from '../../domain/training-job.ts';
import { readReferenceStones } from '../reference/read-reference-stones.ts';
import { packModel } from './model-bytes.ts';
import { learnFactor } from './stone-factor.ts';
import { type OwnStone, rowsOfOwnStones, rowsOfReferenceStones } from './stone-rows.ts';
import { type SeriesTask, type TrainedFile, trainAllSeries } from './train-series.ts';
import { type StoneTraining, trainGradedStones, trainMeasuredStones } from './train-stones.ts';

/** From the open data set, or from the shop's own stones where there is none. */
export interface StonesTask {
  source: 'reference' | 'shop';
  own: OwnStone[];
  /** Turns dollars of the reference into rupees. */
  rupeesPerDollar: number | null;
  training: StoneTraining;
}
export interface TrainingTask {
  gold: SeriesTask | null;
  diamond: StonesTask | null;
}

export interface TrainedModel extends Omit<TrainedFile, 'file'> {
  packed: Uint8Array;
  learnedFactor: { factor: number; rows: number } | null;
}
export type FromThread =
  | { kind: 'progress'; share: number; step: string }
  | { kind: 'trained'; target: TrainingTarget; models: TrainedModel[] }
  /** Of a target of which some models were trained: the others. */
  | { kind: 'failed'; target: TrainingTarget; error: string };

/** Share of the whole that gold takes when both are trained: next to nothing. */
const GOLD_SHARE = 0.02;
const GRADED_SHARE = 0.3;

export async function runTask(task: TrainingTask, post: (message: FromThread) => void): Promise<void> {
  const { gold, diamond } = task;
  const goldShare = diamond ? GOLD_SHARE : 1;
  if (gold) {
    let unfit: string[] = [];
    await attempt('gold', post, async () => {
      const report = reporter(post, 'learning the rates of the metals', 0, goldShare);
      const trained = trainAllSeries(gold, report);
      unfit = trained.unfit;
      return packAll(trained.files, null);
    });
    if (unfit.length > 0) post({ kind: 'failed', target: 'gold', error: unfit.join('; ') });
  }
  if (diamond) {
    const start = gold ? GOLD_SHARE : 0;
    await attempt('diamond', post, () => trainStones(diamond, start, post));
  }
}

async function trainStones(
  task: StonesTask,
  start: number,
  post: (message: FromThread) => void,
): Promise<TrainedModel[]> {
  const isReference = task.source === 'reference';
  const rows = isReference ? rowsOfReferenceStones(await readReferenceStones()) : rowsOfOwnStones(task.own);
  const middle = isReference ? start + (1 - start) * GRADED_SHARE : 1;
  const graded = trainGradedStones(
    rows,
    task.training,
    reporter(post, 'learning stones by their 4Cs', start, middle),
  );
  // The shop's own rows have no measures to learn from.
  if (!isReference) return packAll([graded], null);
  const measured = trainMeasuredStones(
    rows,
    task.training,
    reporter(post, 'learning stones by their measures', middle, 1),
  );
  const factor =
    task.rupeesPerDollar === null ? null : learnFactor(graded.file, task.own, task.rupeesPerDollar);
  const files = [graded, measured].map((file) => ({ ...file, isReference: true }));
  return packAll(files, factor);
}

async function packAll(
  files: TrainedFile[],
  learnedFactor: TrainedModel['learnedFactor'],
): Promise<TrainedModel[]> {
  return Promise.all(
    files.map(async ({ file, ...rest }) => ({ ...rest, packed: await packModel(file), learnedFactor })),
  );
}

async function attempt(
  target: TrainingTarget,
  post: (message: FromThread) => void,
  train: () => Promise<TrainedModel[]>,
): Promise<void> {
  try {
    post({ kind: 'trained', target, models: await train() });
  } catch (error) {
    post({ kind: 'failed', target, error: (error as Error).message });
  }
}

/** Whole hundredths only: each report is a message to another thread. */
function reporter(
  post: (message: FromThread) => void,
  step: string,
  from: number,
  to: number,
): (share: number) => void {
  let last = -1;
  return (share) => {
    const reached = Math.floor(100 * (from + (to - from) * share)) / 100;
    if (reached === last) return;
    last = reached;
    post({ kind: 'progress', share: reached, step });
  };
}
