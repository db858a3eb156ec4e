import { type Static, Type } from 'typebox';
import { FORMAT_QUERY } from './export.ts';
import {
  Amount,
  Instant,
  NumberOrText,
  OneOf,
  QueryFlag,
  QueryNumber,
  QueryOneOf,
  QueryText,
  QueryWhole,
  Rupees,
  Shape,
} from './fields.ts';

const MAX_RATE_RUPEES = 10_000_000;
const MAX_CARAT = 1000;

const CUTS = ['Ideal', 'Excellent', 'Very Good', 'Good', 'Fair', 'Poor'] as const;
const COLORS = ['D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M'] as const;
const CLARITIES = ['FL', 'IF', 'VVS1', 'VVS2', 'VS1', 'VS2', 'SI1', 'SI2', 'I1', 'I2', 'I3'] as const;

export const METAL_PURITIES = {
  gold: ['916', '999', '995', '750', '585'],
  silver: ['999', '925', '900', '950'],
  platinum: ['999', '925', '900', '950'],
} as const;
type MetalName = keyof typeof METAL_PURITIES;

const rowFields = {
  id: Type.String(),
  currency: Type.Literal('INR'),
  date: Instant,
  source: Type.String(),
};
const metalFields = {
  ...rowFields,
  metal_type: OneOf(['gold', 'silver', 'platinum']),
  purity: Type.String(),
  price_per_gram: Amount,
};

export const MetalPriceWire = Shape('MetalPrice', {
  ...metalFields,
  held: Type.Boolean({ description: 'Too far from the rate before: prices nothing until it is confirmed' }),
});
export type MetalPriceWire = Static<typeof MetalPriceWire>;

/** What recording a rate answers. The values of the comparison are there when the rate is held. */
export const RecordedPriceReply = Type.Object({
  success: Type.Literal(true),
  data: MetalPriceWire,
  held: Type.Boolean(),
  previous_price_per_gram: Type.Optional(Amount),
  new_price_per_gram: Type.Optional(Amount),
  change_percent: Type.Optional(Type.Number()),
  released: Type.Array(Type.String(), {
    description: 'Held rates that this one bears out: in force from now on',
  }),
  retrain_triggered: Type.Boolean(),
  message: Type.String(),
});
export type RecordedPriceReply = Static<typeof RecordedPriceReply>;

/** Empty, or a day; that the day is one of the calendar is checked with it. */
const OptionalDay = Type.Unsafe<string | null>({
  type: ['string', 'null'],
  pattern: '^(\\d{4}-\\d{2}-\\d{2})?$',
  description: 'YYYY-MM-DD; absent: now',
});
const Source = Type.String({ maxLength: 200, description: 'Where the price comes from (default manual)' });

export function newMetalPriceBody(metal: MetalName) {
  return Type.Object(
    {
      price_per_gram: NumberOrText(
        Type.Number({ exclusiveMinimum: 0, maximum: MAX_RATE_RUPEES, multipleOf: 0.01 }),
      ),
      date: Type.Optional(OptionalDay),
      purity: Type.Optional(OneOf(METAL_PURITIES[metal])),
      source: Type.Optional(Source),
      confirm: Type.Optional(
        Type.Boolean({ description: 'The change from the last rate has been seen and is meant' }),
      ),
    },
    { examples: [{ price_per_gram: 6500.5, date: '2026-01-15', purity: METAL_PURITIES[metal][0] }] },
  );
}
export type NewMetalPriceBody = Static<ReturnType<typeof newMetalPriceBody>>;

const PURITY_TEXTS = {
  // The older service's text, kept to the letter; 995 is named in the details.
  gold: 'Invalid purity. Must be 916, 999, 750, or 585',
  silver: 'Invalid purity. Must be 999, 925, 900, or 950',
  platinum: 'Invalid purity. Must be 999, 925, 900, or 950',
} as const;
const DATE_TEXT = 'Invalid date format. Use YYYY-MM-DD';

/** The older service's texts, in the order in which it checked. */
export function metalPriceMessages(metal: MetalName) {
  return [
    { field: 'price_per_gram', rule: 'required', text: 'price_per_gram field is required' },
    { field: 'price_per_gram', rule: 'exclusiveMinimum', text: 'Price must be positive' },
    { field: 'price_per_gram', text: 'Invalid price value' },
    { field: 'date', text: DATE_TEXT },
    { field: 'purity', text: PURITY_TEXTS[metal] },
  ];
}

export const MetalHistoryQuery = Type.Object({
  ...FORMAT_QUERY,
  purity: QueryText('Parts per mille; default 916 for gold, 999 for the others'),
  start_date: QueryText('First day, YYYY-MM-DD'),
  end_date: QueryText('Last day, YYYY-MM-DD'),
  limit: QueryWhole([1, 1000], 'Rows, 1 to 1000 (default 100)'),
  include_held: QueryFlag('true: held rates too, for whoever may set prices'),
});
export const MetalLatestQuery = Type.Object({
  purity: QueryText('Parts per mille; default 916 for gold, 999 for the others'),
});

export const fourCs = {
  carat: NumberOrText(Type.Number({ exclusiveMinimum: 0, maximum: MAX_CARAT, multipleOf: 0.001 })),
  cut: OneOf(CUTS),
  color: OneOf(COLORS),
  clarity: OneOf(CLARITIES),
};

/** The older service's texts about a stone: first all that is missing, then field by field. */
export function stoneMessages(required: readonly string[]) {
  const missing = (problems: readonly { field: string; rule: string }[]): string => {
    const isMissing = (field: string): boolean =>
      problems.some((problem) => problem.field === field && problem.rule === 'required');
    return `Missing required fields: ${required.filter(isMissing).join(', ')}`;
  };
  return [
    ...required.map((field) => ({ field, rule: 'required', text: missing })),
    { field: 'carat', rule: 'exclusiveMinimum', text: 'Carat must be positive' },
    { field: 'carat', text: 'Invalid carat value' },
    { field: 'price', rule: 'exclusiveMinimum', text: 'Price must be positive' },
    { field: 'price', text: 'Invalid price value' },
    { field: 'cut', text: `Invalid cut. Must be one of: ${CUTS.join(', ')}` },
    { field: 'color', text: `Invalid color. Must be one of: ${COLORS.join(', ')}` },
    { field: 'clarity', text: `Invalid clarity. Must be one of: ${CLARITIES.join(', ')}` },
    { field: 'date', text: DATE_TEXT },
  ];
}

export const DiamondPriceWire = Shape('DiamondPrice', {
  ...rowFields,
  carat: Type.Number(),
  cut: OneOf(CUTS),
  color: OneOf(COLORS),
  clarity: OneOf(CLARITIES),
  price: Amount,
});
export type DiamondPriceWire = Static<typeof DiamondPriceWire>;

export const NewDiamondPriceBody = Type.Object(
  {
    ...fourCs,
    price: NumberOrText(Rupees({ positive: true })),
    date: Type.Optional(OptionalDay),
    source: Type.Optional(Source),
  },
  { examples: [{ carat: 1, cut: 'Ideal', color: 'D', clarity: 'IF', price: 500000 }] },
);
export type NewDiamondPriceBody = Static<typeof NewDiamondPriceBody>;

export const RecordedDiamondReply = Type.Object({
  success: Type.Literal(true),
  data: DiamondPriceWire,
  retrain_triggered: Type.Boolean(),
  message: Type.String(),
});

export const DiamondHistoryQuery = Type.Object({
  ...FORMAT_QUERY,
  start_date: QueryText('First day, YYYY-MM-DD'),
  end_date: QueryText('Last day, YYYY-MM-DD'),
  cut: QueryOneOf(CUTS, 'Exactly this cut'),
  color: QueryOneOf(COLORS, 'Exactly this colour'),
  clarity: QueryOneOf(CLARITIES, 'Exactly this clarity'),
  min_carat: QueryNumber('At least this many carats'),
  max_carat: QueryNumber('At most this many carats'),
  limit: QueryWhole([1, 1000], 'Rows, 1 to 1000 (default 100)'),
});
