// The part of the store's interface that predictions need: models in service, trainings, published forecasts.

import type { By, Written } from '../domain/actor.ts';
import type { Metal } from '../domain/price.ts';
import type { BucketScore, ForecastKey, ForecastOutcome, StoredForecast } from '../domain/stored-forecast.ts';
import type { ModelCard, ModelMark, ModelName, NewModel } from '../domain/trained-model.ts';
import type { EndState, JobOutcome, Lease, NewJob, TrainingJob } from '../domain/training-job.ts';

/** What a store has for predictions. */
export interface PredictionStores {
  readonly learning: LearningStore;
  readonly models: ModelStore;
  readonly jobs: JobStore;
  readonly forecasts: ForecastStore;
}

/** Trained models: of each name the one in service, and the one before it. */
export interface ModelStore {
  /** Rises with every model put in service or put back, whoever did it. Cheap: read at every prediction. */
  generation(): Promise<number>;
  /** The cards of all models in service, by name. */
  list(): Promise<ModelCard[]>;
  /** The model in service with its bytes; null: none. */
  read(name: ModelName): Promise<{ card: ModelCard; bytes: Uint8Array } | null>;
  /** The cards of the models that a rollback would put back, by name. */
  listPrevious(): Promise<ModelCard[]>;
  /**
   * Puts models in service, all in one write; those that served stay as the previous ones. Where these very ones serve
   * already, as after a try of which nobody knew the outcome, nothing changes. Refuses: job_lost when `lease` is no longer
   * that of the running job.
   */
  put(models: NewModel[], lease: Lease | null, by: By): Promise<Written<ModelCard[]>>;
  /**
   * Puts these back, all in one write; those that served are then the previous ones. Refuses: no_previous_model when one
   * of them has none; stale_version when it is another one by now, so that who says it twice does not undo it.
   */
  rollback(models: ModelMark[], by: By): Promise<Written<ModelCard[]>>;
}

/** Trainings. Bookkeeping: no journal entries. A lease ends by the store's clock (`by.at`). */
export interface JobStore {
  find(id: string): Promise<TrainingJob | null>;
  /** Newest first. */
  list(limit: number): Promise<TrainingJob[]>;
  /** The jobs that wait or run, oldest first: at most one runs. Cheap: polled while somebody watches. */
  open(): Promise<TrainingJob[]>;
  /** A waiting job; one that waits already takes the targets over and is answered instead. */
  request(job: NewJob, by: By): Promise<Written<TrainingJob>>;
  /**
   * Takes the oldest waiting job, with a lease of `LEASE_MS`; null when none waits or one runs. A job whose lease ran
   * out has failed.
   */
  claim(by: By): Promise<Written<TrainingJob | null>>;
  /** Says how far it is, and keeps the lease. Refuses: job_lost. */
  advance(lease: Lease, progress: number, step: string, by: By): Promise<Written<TrainingJob>>;
  /** Asks a running job to stop, or takes a waiting one out. One that ended stays as it is. Refuses: job_not_found. */
  cancel(id: string, by: By): Promise<Written<TrainingJob>>;
  /** Refuses: job_lost. */
  finish(
    lease: Lease,
    end: { state: EndState; outcome: JobOutcome; error: string | null },
    by: By,
  ): Promise<Written<TrainingJob>>;
}

/** Published forecasts and how they came out. */
export interface ForecastStore {
  /** Keeps those that are not there yet for their series, day and target. Answers how many. Bookkeeping. */
  publish(forecasts: StoredForecast[], by: By): Promise<Written<number>>;
  /** Not yet scored ones whose day is `today` or before, oldest day first, at most `limit`. */
  due(today: string, limit: number): Promise<StoredForecast[]>;
  /** Notes outcomes; one that was noted stays. Answers how many were new; a journal entry a series where any was. */
  score(outcomes: (ForecastKey & { outcome: ForecastOutcome })[], by: By): Promise<Written<number>>;
  /** By horizon, the buckets of `HORIZON_BUCKETS` in their order; for one series or all. */
  scoreboard(series: { metal: Metal; purity: string } | null): Promise<BucketScore[]>;
}

/** The shop's own prices as something to learn from. */
export interface LearningStore {
  /** Every rate of a series of days up to `toDay`, held ones left out, oldest first: to learn from. */
  series(metal: Metal, purity: string, toDay: string): Promise<RateSeries>;
  /** What of a series is newer than `position`, and a text that changes whenever `series` would answer otherwise. */
  seriesMark(metal: Metal, purity: string, toDay: string, position: number): Promise<SeriesMark>;
  /** A page of the shop's own stones of days up to `toDay`, in the order of recording, after `after`. */
  stones(after: StonePlace | null, limit: number, toDay: string): Promise<StonePage>;
  /** How many stones there are up to `toDay`, and how many of them were recorded after `position`. */
  countStones(toDay: string, position: number): Promise<{ rows: number; newRows: number }>;
}

/** Lists of one length. Days are whole days since 1970-01-01. */
export interface RateSeries {
  days: Int32Array;
  paisePerGram: Float64Array;
}
export interface SeriesMark {
  rows: number;
  newRows: number;
  mark: string;
}
/** Where a stone stands in the order of recording. */
export interface StonePlace {
  position: number;
  place: number;
}
/** `next` is null at the end. Grades as they are named. */
export interface StonePage {
  stones: { milliCarat: number; cut: string; color: string; clarity: string; pricePaise: number }[];
  next: StonePlace | null;
}
