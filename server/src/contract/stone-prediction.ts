// What stones are predicted to cost: questions and answers, one stone or many.

import { type Static, Type } from 'typebox';
import { Amount, Instant, Nullable, NumberOrText, OneOf, Shape } from './fields.ts';
import { fourCs, stoneMessages } from './price.ts';

/** The largest stone that the models know, in carats. */
const MAX_PREDICTED_CARAT = 5.01;
/** Stones in one batch. */
const MAX_BATCH_STONES = 1000;

function Measure(maximum: number, description: string) {
  return Type.Optional(
    NumberOrText(Type.Number({ exclusiveMinimum: 0, maximum, multipleOf: 0.001, description })),
  );
}

const stoneFields = {
  ...fourCs,
  carat: NumberOrText(Type.Number({ exclusiveMinimum: 0, maximum: MAX_PREDICTED_CARAT, multipleOf: 0.001 })),
  depth: Measure(100, 'Total depth in per cent of the width'),
  table: Measure(100, 'Table in per cent of the width'),
  x: Measure(100, 'Length in mm'),
  y: Measure(100, 'Width in mm'),
  z: Measure(100, 'Height in mm'),
};

/** One stone, as it stands in a batch. */
export const StoneBody = Type.Object(stoneFields);
export type StoneBody = Static<typeof StoneBody>;

export const DiamondPredictionBody = Type.Object(
  {
    ...stoneFields,
    explain: Type.Optional(
      Type.Boolean({ description: 'Also say why: what each of the 4Cs adds, and the nearest known stones' }),
    ),
  },
  { examples: [{ carat: 1.5, cut: 'Ideal', color: 'E', clarity: 'VS1' }] },
);
export type DiamondPredictionBody = Static<typeof DiamondPredictionBody>;
export const DIAMOND_PREDICTION_MESSAGES = stoneMessages(['carat', 'cut', 'color', 'clarity']);

const Range = Type.Object({ lower: Amount, upper: Amount });
const FourCsWire = {
  carat: Type.Number(),
  cut: Type.String(),
  color: Type.String(),
  clarity: Type.String(),
};
const MEASURE = Type.Optional(Type.Number());

/** Why an answer stands on less than it seems. */
export const EXTRAPOLATED_BY = ['carat', 'cut', 'color', 'clarity', 'no_stones_near'] as const;

export const RupeesWire = Type.Object({
  source: OneOf(['dollars', 'own_stones', 'shop_prices'], {
    description:
      'dollars: the open data turned into rupees; own_stones: the same, at the level of the shop’s own stones; shop_prices: learned from the shop’s own prices alone',
  }),
  dollars: Nullable(Type.Number(), { description: 'The price in the open data, US dollars of about 2008' }),
  rupees_per_dollar: Nullable(Type.Number()),
  rate_source: Nullable(Type.String(), { description: '`setting`, or the month of the open exchange rates' }),
  market_factor: Nullable(Type.Number()),
  own_stones: Type.Integer({ description: 'Own stones that the factor was learned from' }),
});
export type RupeesWire = Static<typeof RupeesWire>;

const predicted = {
  predicted_price: Amount,
  currency: Type.Literal('INR'),
  confidence_interval: Range,
  range_90: Range,
  range_95: Range,
  range_source: OneOf(['conformal', 'mean_error'], {
    description:
      'conformal: measured on stones held back, by grade and size; mean_error: from the mean error alone, until then',
  }),
  features_used: Type.Object({
    ...FourCsWire,
    depth: MEASURE,
    table: MEASURE,
    x: MEASURE,
    y: MEASURE,
    z: MEASURE,
  }),
  model: OneOf(['4c', 'measures'], { description: 'measures: depth, table, x, y and z were used too' }),
  measures_left_out: Nullable(OneOf(['incomplete', 'impossible', 'not_trained']), {
    description: 'Why measures that were sent were not used',
  }),
  extrapolated: Type.Boolean(),
  extrapolated_by: Type.Array(OneOf(EXTRAPOLATED_BY)),
  support: Type.Integer({ description: 'Known stones near this one' }),
  rupees: RupeesWire,
  model_accuracy: Type.Number({ description: 'One minus the mean error on stones held back, as a share' }),
  model_accuracy_basis: Type.String(),
  last_trained: Instant,
};

const Explanation = Type.Object({
  reference: Type.Object({ ...FourCsWire, predicted_price: Amount }),
  contributions: Type.Array(
    Type.Object({
      feature: OneOf(['carat', 'cut', 'color', 'clarity', 'measures']),
      rupees: Type.Number({ description: 'These sum to the price less that of the reference stone' }),
      percent: Type.Number({ description: 'The same as a change of the price; these multiply' }),
    }),
  ),
  nearest_stones: Type.Array(
    Type.Object({
      ...FourCsWire,
      price: Amount,
      dollars: Nullable(Type.Number()),
      source: OneOf(['open_data', 'shop']),
    }),
  ),
});
export type ExplanationWire = Static<typeof Explanation>;

export const DiamondPredictionWire = Shape('DiamondPrediction', {
  ...predicted,
  explanation: Type.Optional(Explanation),
});
export type DiamondPredictionWire = Static<typeof DiamondPredictionWire>;

export const DiamondBatchBody = Type.Object(
  {
    stones: Type.Array(Type.Unknown(), {
      minItems: 1,
      maxItems: MAX_BATCH_STONES,
      description: 'Each as in the question about one stone',
    }),
  },
  { examples: [{ stones: [{ carat: 1.5, cut: 'Ideal', color: 'E', clarity: 'VS1' }] }] },
);

export const DiamondBatchWire = Type.Object({
  results: Type.Array(
    Type.Object({
      index: Type.Integer({ description: 'From 0, in the order of the question' }),
      success: Type.Boolean(),
      prediction: Type.Optional(Type.Object(predicted)),
      error: Type.Optional(
        Type.Object({
          message: Type.String(),
          fields: Type.Array(
            Type.Object({ field: Type.String(), rule: Type.String(), limit: Type.String() }),
          ),
        }),
      ),
    }),
  ),
  count: Type.Integer(),
  failed: Type.Integer(),
});
export type DiamondBatchWire = Static<typeof DiamondBatchWire>;
