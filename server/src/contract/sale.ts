import { type Static, Type } from 'typebox';
import { PageQuery } from './envelope.ts';
import { FORMAT_QUERY } from './export.ts';
import {
  Amount,
  Id,
  Instant,
  Nullable,
  OneOf,
  QueryOneOf,
  QueryText,
  Rupees,
  Shape,
  Weight,
} from './fields.ts';
import { CreditWarningWire } from './khata.ts';
import { PaymentMethodWire, paymentFields, paymentReplyFields } from './payment.ts';

const PAYMENT_STATUSES = ['paid', 'partial', 'pending'] as const;
const PaymentStatusWire = OneOf(PAYMENT_STATUSES);

const SaleProductWire = Type.Object({
  product_id: Type.String(),
  product_name: Type.String(),
  quantity: Type.Integer(),
  taken_quantity: Type.Integer({ description: 'Pieces that left the stock' }),
  price_at_sale: Amount,
  weight: Weight,
  gold_purity: Type.String(),
});

export const SaleWire = Shape('Sale', {
  id: Type.String(),
  customer_id: Type.String(),
  customer_name: Type.String(),
  products: Type.Array(SaleProductWire),
  total_amount: Amount,
  discount: Amount,
  final_amount: Type.Number({ description: 'Rupees: total less discount, never below 0' }),
  payment_status: PaymentStatusWire,
  payment_method: Nullable(PaymentMethodWire),
  ...paymentReplyFields,
  notes: Nullable(Type.String()),
  created_at: Instant,
  created_by: Type.String(),
});
export type SaleWire = Static<typeof SaleWire>;

export const RecordedSaleWire = Shape('RecordedSale', {
  ...SaleWire.properties,
  warning: Type.Optional(CreditWarningWire),
});
export type RecordedSaleWire = Static<typeof RecordedSaleWire>;

const NewSaleProduct = Type.Object({
  product_id: Id,
  quantity: Type.Integer({ minimum: 1, maximum: 10_000 }),
  price_at_sale: Rupees(),
});

export const NewSaleBody = Type.Object(
  {
    customer_id: Type.String({ ...Id, minLength: 1 }),
    products: Type.Array(NewSaleProduct, { minItems: 1, maxItems: 200 }),
    discount: Type.Optional(Rupees()),
    payment_status: Type.Optional(PaymentStatusWire),
    payment_method: Type.Optional(Nullable(PaymentMethodWire)),
    ...paymentFields,
    notes: Type.Optional(Nullable(Type.String({ maxLength: 1000 }))),
  },
  {
    examples: [
      {
        customer_id: '65e0c0ffee0123456789abcd',
        products: [{ product_id: '65d0c0ffee0123456789abcd', quantity: 1, price_at_sale: 25000 }],
        discount: 500,
        payment_status: 'paid',
        payments: [
          { method: 'cash', amount: 4500 },
          { method: 'upi', amount: 20000, reference: '402913384411' },
        ],
      },
    ],
  },
);
export type NewSaleBody = Static<typeof NewSaleBody>;

export const NEW_SALE_MESSAGES = [
  { field: 'customer_id', rule: 'required', text: 'customer_id is required' },
  {
    field: 'products',
    rule: 'required',
    text: 'products is required and must contain at least one product',
  },
  {
    field: 'products',
    rule: 'minItems',
    text: 'products is required and must contain at least one product',
  },
];

export const SaleQuery = Type.Object({
  ...PageQuery,
  ...FORMAT_QUERY,
  customer_id: QueryText('Sales to one customer'),
  payment_status: QueryOneOf([...PAYMENT_STATUSES, 'all'], 'paid, partial or pending; all: no filter'),
  date_from: QueryText("First day of the shop's calendar, or an instant (ISO-8601)"),
  date_to: QueryText('Last day, taken whole, or an instant'),
});
