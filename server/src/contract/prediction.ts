import { type Static, Type } from 'typebox';
import {
  Amount,
  Grams,
  Instant,
  Nullable,
  NumberOrText,
  OneOf,
  QueryOneOf,
  QueryText,
  QueryWhole,
  Shape,
} from './fields.ts';
import { MetalPriceWire } from './price.ts';

const METALS = ['gold', 'silver', 'platinum'] as const;
const Range = Type.Object({ lower: Amount, upper: Amount });

const weight = NumberOrText(Grams());

export const GoldPredictionBody = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day after today, YYYY-MM-DD' }),
    weight_grams: Type.Optional(
      Type.Unsafe<number | null>({ ...weight, type: ['number', 'string', 'null'] }),
    ),
    metal_type: Type.Optional(OneOf(METALS, { description: 'gold where not given' })),
    purity: Type.Optional(
      Type.String({ maxLength: 3, description: 'Parts per mille; default 916 for gold, 999 for the others' }),
    ),
  },
  { examples: [{ date: '2026-02-01', weight_grams: 10 }] },
);
export type GoldPredictionBody = Static<typeof GoldPredictionBody>;

/** The older service's texts, in the order in which it checked. */
export const GOLD_PREDICTION_MESSAGES = [
  { field: 'date', rule: 'required', text: 'Date field is required' },
  { field: 'date', text: 'Invalid date format. Use YYYY-MM-DD' },
  { field: 'weight_grams', rule: 'exclusiveMinimum', text: 'Weight must be positive' },
  { field: 'weight_grams', text: 'Invalid weight value' },
];

const LastObserved = Type.Object({ date: Type.String(), price_per_gram: Amount });
const Basis = OneOf(['board rates', 'international parity + premium']);
const metalSeries = { metal_type: OneOf(METALS), purity: Type.String() };

export const GoldPredictionWire = Shape('GoldPrediction', {
  ...metalSeries,
  predicted_price: Amount,
  predicted_price_per_gram: Amount,
  weight_grams: Type.Optional(Type.Number()),
  total_price: Type.Optional(Amount),
  confidence_interval: Type.Object(Range.properties, {
    description: '95%; of the whole where there is a weight',
  }),
  range_80: Type.Object(Range.properties, { description: 'Per gram: held in 8 of 10 past cases' }),
  range_95: Range,
  date: Type.String(),
  target_date: Type.String(),
  horizon_days: Type.Integer(),
  method: Type.String(),
  basis: Basis,
  premium_percent: Type.Optional(
    Type.Number({ description: 'On top of the world price, where that is the basis' }),
  ),
  from_purity: Type.Optional(Type.String({ description: 'The purity whose rates stand in for this one' })),
  rates: Type.Integer({ description: 'Recorded rates that it is made from' }),
  last_observed: LastObserved,
  data_age_days: Type.Integer(),
  model_accuracy: Type.Number({
    description: '1 less the mean error at this horizon, as a share of the price',
  }),
  model_accuracy_basis: OneOf(['backtest', 'no change', 'volatility']),
  skill_vs_last_price: Nullable(
    Type.Number({ description: 'Share of the error of "no change" that is saved' }),
  ),
  coverage_80_backtest: Nullable(Type.Number()),
  n_eff: Type.Number({ description: 'How many past outcomes count by themselves at this horizon' }),
  last_trained: Instant,
  version: Type.String(),
  explanation: Type.Object({ en: Type.String(), hi: Type.String(), mr: Type.String() }),
});
export type GoldPredictionWire = Static<typeof GoldPredictionWire>;

export const PriceFanQuery = Type.Object({
  days: QueryWhole([1, 365], 'How far ahead, 1 to 365 days (default 90)'),
  metal_type: QueryOneOf(METALS, 'gold (default), silver or platinum'),
  metal: QueryOneOf(METALS, 'The same, as some clients call it'),
  purity: QueryText('Parts per mille; default 916 for gold, 999 for the others'),
});
export const PriceFan = Type.Object({
  ...metalSeries,
  basis: Basis,
  last_observed: LastObserved,
  last_trained: Instant,
  levels: Type.Array(Type.Number()),
  days: Type.Array(
    Type.Object({
      date: Type.String(),
      median: Amount,
      quantiles: Type.Array(Amount, { description: 'One for each of the levels' }),
    }),
  ),
});
export type PriceFan = Static<typeof PriceFan>;

const Target = OneOf(['gold', 'diamond', 'all']);
const TARGET_TEXT = 'Invalid model type. Must be gold, diamond, or all';

export const RetrainBody = Type.Object(
  { model: Type.Optional(Target), model_type: Type.Optional(Target) },
  { examples: [{ model: 'all' }] },
);
export const RETRAIN_MESSAGES = [
  { field: 'model', text: TARGET_TEXT },
  { field: 'model_type', text: TARGET_TEXT },
];

/** In the older service's shape. `metrics` are those of the model that serves. */
const ModelOutcome = Type.Object({
  success: Type.Boolean(),
  pending: Type.Optional(
    Type.Boolean({ description: 'The training goes on; the metrics are of the model before' }),
  ),
  metrics: Type.Optional(
    Type.Object({
      success: Type.Boolean(),
      model_name: Type.String(),
      metrics: Type.Record(Type.String(), Type.Number()),
      data_points: Type.Integer(),
      model_path: Type.String(),
      version: Type.String(),
      trained_at: Instant,
    }),
  ),
  error: Type.Optional(Type.String()),
});
export type ModelOutcome = Static<typeof ModelOutcome>;
const TrainingOutcomes = Type.Object({
  gold_model: Type.Optional(ModelOutcome),
  diamond_model: Type.Optional(ModelOutcome),
});
export type TrainingOutcomes = Static<typeof TrainingOutcomes>;

export const RetrainReply = Type.Object({
  success: Type.Literal(true),
  data: TrainingOutcomes,
  job_id: Type.String(),
  message: Type.String(),
});
export type RetrainReply = Static<typeof RetrainReply>;

/** The same while the training goes on. */
export const RetrainStarted = Type.Object(RetrainReply.properties, {
  examples: [
    {
      success: true,
      data: { diamond_model: { success: true, pending: true } },
      job_id: '65a4f0c0ffee0123456789ab',
      message: 'Model retraining goes on; the models that were trained before serve meanwhile',
    },
  ],
});

/** The older service's answer to a training that failed, with the envelope's `error` beside it. */
export const RetrainFailure = Type.Object({
  success: Type.Literal(false),
  data: TrainingOutcomes,
  job_id: Type.String(),
  message: Type.String(),
  error: Type.Object({
    code: Type.Integer(),
    type: Type.String(),
    message: Type.String(),
    details: Type.String(),
    request_id: Type.String(),
  }),
});

const TargetWire = OneOf(['gold', 'diamond']);
const TargetOutcomeWire = Type.Object({
  success: Type.Boolean(),
  models: Type.Array(Type.String(), { description: 'Put in service' }),
  error: Nullable(Type.String()),
});

export const TrainingJobWire = Shape('TrainingJob', {
  id: Type.String(),
  targets: Type.Array(TargetWire),
  reason: OneOf(['asked', 'new_rows', 'first_start']),
  state: OneOf(['waiting', 'running', 'done', 'failed', 'cancelled']),
  progress: Type.Number({ description: '0 to 1' }),
  step: Type.String(),
  requested_at: Instant,
  started_at: Nullable(Instant),
  ended_at: Nullable(Instant),
  cancel_requested: Type.Boolean(),
  outcome: Type.Object({
    gold: Type.Optional(TargetOutcomeWire),
    diamond: Type.Optional(TargetOutcomeWire),
  }),
  error: Nullable(Type.String()),
});
export type TrainingJobWire = Static<typeof TrainingJobWire>;

/** What a training left behind. `metrics` are measured on rows held back, never on those it was trained from. */
const LastTraining = Type.Object({
  trained_at: Instant,
  version: Type.String(),
  metrics: Type.Record(Type.String(), Type.Number()),
  data_points: Type.Integer(),
});
const ModelStatus = Type.Object({
  loaded: Type.Boolean(),
  trained: Type.Boolean(),
  last_training: Type.Unsafe<Static<typeof LastTraining> | null>({
    ...LastTraining,
    type: ['object', 'null'],
  }),
});
export type ModelStatus = Static<typeof ModelStatus>;

export const PredictionStatus = Type.Object({
  gold_model: ModelStatus,
  diamond_model: ModelStatus,
  reference: Type.Object({
    gold_months: Type.Integer({ description: 'Months of the open gold series' }),
    diamonds: Type.Integer({ description: 'Stones of the open data set' }),
  }),
});
export type PredictionStatus = Static<typeof PredictionStatus>;

export const TrendsQuery = Type.Object({
  days: QueryWhole([1, 365], 'How far back, 1 to 365 days (default 30)'),
  metal_type: QueryOneOf(METALS, 'gold (default), silver or platinum'),
  metal: QueryOneOf(METALS, 'The same, as some clients call it'),
  purity: QueryText('Parts per mille; default 916 for gold, 999 for the others'),
});

const TrendRow = Type.Object({
  ...MetalPriceWire.properties,
  price: Type.Number({ description: 'The same as price_per_gram' }),
  moving_average_7: Type.Number({ description: 'Mean of this rate and up to 6 before it' }),
  moving_average_30: Type.Number({ description: 'Mean of this rate and up to 29 before it' }),
});
export type TrendRow = Static<typeof TrendRow>;

export const Trends = Type.Object({
  prices: Type.Array(TrendRow),
  statistics: Type.Partial(
    Type.Object({
      average: Amount,
      min: Amount,
      max: Amount,
      current: Amount,
      change: Amount,
      change_percent: Type.Number(),
    }),
  ),
  period_days: Type.Integer(),
});
export type Trends = Static<typeof Trends>;

export const ScoreboardQuery = Type.Object({
  metal_type: QueryOneOf(METALS, 'gold, silver or platinum; absent: all series together'),
  metal: QueryOneOf(METALS, 'The same, as some clients call it'),
  purity: QueryText('Parts per mille; default 916 for gold, 999 for the others'),
});
export const Scoreboard = Type.Object({
  series: Nullable(Type.Object(metalSeries)),
  horizons: Type.Array(
    Type.Object({
      days: Type.String({ description: 'How far ahead, in days' }),
      published: Type.Integer(),
      scored: Type.Integer(),
      unknown: Type.Integer({ description: 'Their day passed without a rate near it' }),
      hit_rate_80: Nullable(Type.Number()),
      hit_rate_95: Nullable(Type.Number()),
      mean_error: Nullable(Amount),
      no_change_error: Nullable(Amount),
      error_beside_no_change: Nullable(Type.Number()),
    }),
  ),
});

export const ModelsWire = Type.Object({
  models: Type.Array(
    Type.Object({
      name: Type.String({ description: 'A board series such as gold-916, or diamond-4c, diamond-measured' }),
      kind: OneOf(['gold', 'silver', 'platinum', 'diamond']),
      version: Type.String(),
      trained_at: Instant,
      basis: OneOf(['shop', 'reference'], { description: "The shop's own rows, or the open reference data" }),
      data_points: Type.Integer(),
      metrics: Type.Record(Type.String(), Type.Number()),
      limits: Type.Object({
        horizon_days: Nullable(Type.Integer()),
        carat: Nullable(Type.Number()),
      }),
      byte_count: Type.Integer(),
      defect: Nullable(Type.String()),
    }),
  ),
  training: Type.Object({
    state: OneOf(['idle', 'waiting', 'running']),
    job_id: Nullable(Type.String()),
    progress: Nullable(Type.Number()),
    step: Nullable(Type.String()),
  }),
  last_failure: Nullable(
    Type.Object({ job_id: Type.String(), at: Instant, errors: Type.Array(Type.String()) }),
    { description: 'Of the last training, where it failed' },
  ),
});

/** One training of one model. */
const ModelMarkWire = Type.Object({
  name: Type.String({ description: 'Such as gold-916 or diamond-4c', minLength: 1, maxLength: 80 }),
  version: Type.String({ minLength: 1, maxLength: 80 }),
});
export const RollbackBody = Type.Object(
  { models: Type.Array(ModelMarkWire, { minItems: 1, maxItems: 100 }) },
  { examples: [{ models: [{ name: 'gold-916', version: '20260112_103000' }] }] },
);
export const EarlierModelWire = Type.Object({
  ...ModelMarkWire.properties,
  target: OneOf(['gold', 'diamond'], { description: 'The training that makes it; gold: every metal' }),
  trained_at: Instant,
  data_points: Type.Integer(),
});
export type EarlierModelWire = Static<typeof EarlierModelWire>;
export type ModelsWire = Static<typeof ModelsWire>;
export type Scoreboard = Static<typeof Scoreboard>;
