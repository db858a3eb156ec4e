import { type Static, Type } from 'typebox';
import { PageQuery } from './envelope.ts';
import { FORMAT_QUERY } from './export.ts';
import {
  Amount,
  Grams,
  Id,
  Instant,
  Nullable,
  OneOf,
  QueryFlag,
  QueryNumber,
  QueryOneOf,
  QueryText,
  Rupees,
  SeenVersion,
  Shape,
  Text,
  Weight,
} from './fields.ts';
import { MakingChargeWire } from './making-charge.ts';

const CATEGORIES = [
  'Nath',
  'Pendant Set',
  'Tika',
  'Necklace',
  'Earrings',
  'Bangles',
  'Ring',
  'Bracelet',
  'Bridal Set',
] as const;
const CategoryWire = OneOf(CATEGORIES);
const StatusWire = OneOf(['draft', 'published']);
const PurityWire = OneOf(['916', '750', '585']);

export const ProductWire = Shape('Product', {
  id: Type.String(),
  version: Type.Integer({ description: 'Rises with every change; send it back as If-Match' }),
  name: Type.String(),
  category: Type.String(),
  base_price: Type.Number({ description: 'The list price, in rupees; orders take it by default' }),
  weight: Type.Number({ description: 'Net weight in grams' }),
  gold_purity: PurityWire,
  description: Type.String(),
  image_url: Type.String({ description: 'Relative to the server where it was uploaded here' }),
  stock_quantity: Type.Integer(),
  status: StatusWire,
  published_at: Nullable(Instant),
  is_active: Type.Boolean(),
  making_charge: Nullable(MakingChargeWire, { description: "null: the shop's rule" }),
  stones_amount: Amount,
  created_at: Instant,
  updated_at: Instant,
  current_price: Type.Optional(
    Type.Number({ description: 'Rupees, by the rate in force; not with include_price=false' }),
  ),
});
export type ProductWire = Static<typeof ProductWire>;

const fields = {
  name: Text(200),
  category: CategoryWire,
  base_price: Rupees({ description: 'The list price' }),
  weight: Grams({ description: 'Net weight in grams' }),
  gold_purity: Type.Unsafe<string | number>({
    enum: ['916', '750', '585', 916, 750, 585],
    description: 'Fineness per mille, as text or number; 916 where not said',
  }),
  description: Nullable(Type.String({ maxLength: 5000 })),
  image_url: Nullable(
    Type.String({
      maxLength: 500,
      pattern: '^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\\s<>"\\\\]+|/(?!/)[^\\s<>"\\\\]*)?$',
      description:
        'must be empty, an http or https address, or a path that begins with one /, without blanks',
    }),
  ),
  stock_quantity: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  status: StatusWire,
  making_charge: Nullable(MakingChargeWire, { description: "null: the shop's rule" }),
  stones_amount: Rupees({ description: 'What the stones of the piece add to its price' }),
};

export const NewProductBody = Type.Object(
  {
    name: fields.name,
    category: fields.category,
    base_price: fields.base_price,
    weight: fields.weight,
    gold_purity: Type.Optional(fields.gold_purity),
    description: Type.Optional(fields.description),
    image_url: Type.Optional(fields.image_url),
    stock_quantity: Type.Optional(fields.stock_quantity),
    status: Type.Optional(fields.status),
    making_charge: Type.Optional(fields.making_charge),
    stones_amount: Type.Optional(fields.stones_amount),
  },
  {
    examples: [{ name: 'Gold ring', category: 'Ring', base_price: 25000, weight: 5.5, gold_purity: '916' }],
  },
);
export type NewProductBody = Static<typeof NewProductBody>;

export const ProductChangesBody = Type.Partial(Type.Object({ ...fields, version: SeenVersion }), {
  examples: [{ base_price: 26000, version: 1 }],
});
export type ProductChangesBody = Static<typeof ProductChangesBody>;

/** The older service's texts: all problems are validation errors, but an unknown status alone has its own. */
export const PRODUCT_MESSAGES = [
  ...Object.keys(fields)
    .filter((field) => field !== 'status')
    .map((field) => ({ field, text: 'Validation error' })),
  { field: 'status', text: 'Database validation error' },
];

/** What many pieces can have in common; a name, a weight and a picture are each piece's own. */
const { category, base_price, gold_purity, description, stock_quantity, making_charge, stones_amount } =
  fields;
const editable = {
  category,
  base_price,
  gold_purity,
  description,
  stock_quantity,
  making_charge,
  stones_amount,
};

export const BulkProductsBody = Type.Object(
  {
    ids: Type.Array(Id, { minItems: 1, maxItems: 500 }),
    action: OneOf(['publish', 'unpublish', 'delete', 'restore', 'edit']),
    changes: Type.Optional(
      Type.Partial(Type.Object(editable), { description: 'With edit alone: what every piece gets' }),
    ),
  },
  { examples: [{ ids: ['65f0c0ffee0123456789abcd'], action: 'publish' }] },
);
export type BulkProductsBody = Static<typeof BulkProductsBody>;

/** What came of one id: the piece as it stands now, or why not. */
export const BulkResultWire = Type.Object({
  id: Type.String(),
  success: Type.Boolean(),
  changed: Type.Optional(
    Type.Boolean({ description: 'False: the piece stood so already, and was left as it was' }),
  ),
  version: Type.Optional(Type.Integer()),
  status: Type.Optional(StatusWire),
  is_active: Type.Optional(Type.Boolean()),
  published_at: Type.Optional(Nullable(Instant)),
  error: Type.Optional(Type.Object({ code: Type.Integer(), type: Type.String(), message: Type.String() })),
});
export type BulkResultWire = Static<typeof BulkResultWire>;

export const BulkReply = Type.Object({
  success: Type.Literal(true),
  data: Type.Array(BulkResultWire),
  count: Type.Integer({ description: 'How many ids succeeded' }),
  message: Type.String(),
});

const working = {
  current_price: Amount,
  currency: Type.Literal('INR'),
  as_of: Instant,
  rate: Nullable(
    Type.Object({
      id: Type.String(),
      purity: Type.String({ description: 'The purity the rate is quoted for' }),
      price_per_gram: Amount,
      date: Instant,
    }),
    { description: 'The rate used; null where the list price stands' },
  ),
  gold_purity: PurityWire,
  net_weight: Weight,
  fine_weight: Type.Number({ description: 'Grams of fine gold in the piece' }),
  lines: Type.Array(
    Type.Object({
      part: OneOf(['metal', 'making', 'stones', 'list_price']),
      amount: Amount,
      rule: Type.String({ description: 'How the amount was found' }),
    }),
  ),
  making_charge: MakingChargeWire,
  making_from: OneOf(['piece', 'shop'], {
    description: 'Whether the piece has its own, or the rule of the shop',
  }),
};

/** The price of a piece with its working: the lines add up to the price. */
export const PieceWorkingWire = Shape('PriceOfPiece', { product_id: Type.String(), ...working });
export type PieceWorkingWire = Static<typeof PieceWorkingWire>;

/** What of a piece its price depends on, before it is saved. */
export const PriceBody = Type.Object(
  {
    weight: fields.weight,
    gold_purity: fields.gold_purity,
    base_price: Type.Optional(fields.base_price),
    making_charge: Type.Optional(fields.making_charge),
    stones_amount: Type.Optional(fields.stones_amount),
  },
  { examples: [{ weight: 5, gold_purity: '916' }] },
);
export type PriceBody = Static<typeof PriceBody>;
export const PriceWorkingWire = Type.Object(working);
export type PriceWorkingWire = Static<typeof PriceWorkingWire>;

const listQuery = {
  ...PageQuery,
  category: QueryOneOf(CATEGORIES, 'Exactly this category'),
  min_price: QueryNumber('List price from, in rupees; also price_min'),
  max_price: QueryNumber('List price to, in rupees; also price_max'),
  price_min: QueryNumber('As min_price'),
  price_max: QueryNumber('As max_price'),
  min_weight: QueryNumber('Weight from, in grams; also weight_min'),
  max_weight: QueryNumber('Weight to, in grams; also weight_max'),
  weight_min: QueryNumber('As min_weight'),
  weight_max: QueryNumber('As max_weight'),
  stock: QueryOneOf(['low', 'out'], 'low (1 to 5 pieces) or out (none); anything else is no filter'),
  search: QueryText(
    'Words, or parts of words, of the name or description; words that begin so in the other script, Latin or Devanagari, are found, too',
  ),
};
const include_price = QueryFlag('false: without current_price');

export const ProductQuery = Type.Object({ ...listQuery, include_price });
export const AdminProductQuery = Type.Object({
  ...FORMAT_QUERY,
  ...listQuery,
  status: QueryOneOf(['draft', 'published', 'all'], 'draft, published or all (default all)'),
  removed: QueryFlag('true: those that were removed and can be restored, and only those'),
  include_price,
});
export const OneProductQuery = Type.Object({ include_price });
