import { type Static, Type } from 'typebox';
import { Amount, Grams, Instant, NumberOrText, OneOf, QueryText } from './fields.ts';
import { MetalPriceWire } from './price.ts';

const Range = Type.Object({ lower: Amount, upper: Amount });

const weight = NumberOrText(Grams());

export const GoldPredictionBody = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'A day after today, YYYY-MM-DD' }),
    weight_grams: Type.Optional(
      Type.Unsafe<number | null>({ ...weight, type: ['number', 'string', 'null'] }),
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

export const GoldPredictionWire = Type.Object({
  predicted_price: Amount,
  predicted_price_per_gram: Amount,
  weight_grams: Type.Optional(Type.Number()),
  total_price: Type.Optional(Amount),
  confidence_interval: Range,
  date: Type.String(),
  target_date: Type.String(),
  model_accuracy: Type.Number(),
  last_trained: Instant,
});

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

const TrainingOutcome = Type.Object({ success: Type.Boolean(), error: Type.Optional(Type.String()) });
const TrainingOutcomes = Type.Object({
  gold_model: Type.Optional(TrainingOutcome),
  diamond_model: Type.Optional(TrainingOutcome),
});
export type TrainingOutcomes = Static<typeof TrainingOutcomes>;

export const RetrainReply = Type.Object({
  success: Type.Literal(true),
  data: TrainingOutcomes,
  message: Type.String(),
});

/** The older service's answer to a training that failed, with the envelope's `error` beside it. */
export const RetrainFailure = Type.Object({
  success: Type.Literal(false),
  data: TrainingOutcomes,
  message: Type.String(),
  error: Type.Object({
    code: Type.Integer(),
    type: Type.String(),
    message: Type.String(),
    details: Type.String(),
    request_id: Type.String(),
  }),
});

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

export const TrendsQuery = Type.Object({
  days: QueryText('How far back, 1 to 365 days (default 30)'),
  metal_type: QueryText('gold (default), silver or platinum'),
  metal: QueryText('The same, as some clients call it'),
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
