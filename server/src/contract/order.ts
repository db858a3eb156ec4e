import { type Static, Type } from 'typebox';
import { PageInfo, PageQuery } from './envelope.ts';
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
  SeenVersion,
  Shape,
  Weight,
} from './fields.ts';
import { CreditWarningWire } from './khata.ts';
import { MoneyMethodWire, paymentFields, paymentReplyFields } from './payment.ts';

const STATUSES = ['pending', 'processing', 'completed', 'cancelled'] as const;
const PAYMENT_STATUSES = ['unpaid', 'partial', 'paid'] as const;
const StatusWire = OneOf(STATUSES);
const PaymentStatusWire = OneOf(PAYMENT_STATUSES);
const version = Type.Optional(SeenVersion);

const OrderItemWire = Shape('OrderItem', {
  product_id: Type.String(),
  product_name: Type.String(),
  product_category: Type.String(),
  quantity: Type.Integer(),
  taken_quantity: Type.Integer({
    description: 'Pieces that left the stock; a cancellation gives back these',
  }),
  unit_price: Amount,
  total_price: Amount,
  weight: Weight,
  gold_purity: Type.String(),
});

/** Customer and product facts are those of the moment the order was made. */
export const OrderWire = Shape('Order', {
  id: Type.String(),
  version: Type.Integer({ description: 'Rises with every change; send it back as If-Match' }),
  order_number: Type.String({ description: 'ORD-YYYYMMDD-XXXX, by the UTC date' }),
  customer_id: Type.String(),
  customer_name: Type.String(),
  customer_phone: Type.String(),
  customer_email: Type.String(),
  customer_address: Type.Optional(Type.String({ description: 'Only where there is one' })),
  items: Type.Array(OrderItemWire),
  subtotal: Amount,
  tax_amount: Amount,
  discount_amount: Amount,
  total_amount: Amount,
  status: StatusWire,
  payment_status: PaymentStatusWire,
  payment_method: Type.String(),
  ...paymentReplyFields,
  notes: Type.String(),
  admin_notes: Type.String(),
  created_at: Instant,
  updated_at: Instant,
  completed_at: Nullable(Instant),
  cancelled_at: Nullable(Instant),
});
export type OrderWire = Static<typeof OrderWire>;

export const PlacedOrderWire = Shape('PlacedOrder', {
  ...OrderWire.properties,
  warning: Type.Optional(CreditWarningWire),
});
export type PlacedOrderWire = Static<typeof PlacedOrderWire>;

export const StatusChangeWire = Type.Object({
  status: StatusWire,
  from: Nullable(StatusWire, { description: 'null: the order was made' }),
  at: Instant,
  by: Type.String(),
});
export type StatusChangeWire = Static<typeof StatusChangeWire>;

const BookedWire = Type.Array(
  Type.Object({
    method: Nullable(Type.String(), { description: 'null: not said' }),
    amount: Type.Number({ description: 'Rupees; below 0: taken back' }),
  }),
);

/** One order with its history and its customer of today; null when the customer was removed. */
export const OrderDetailWire = Shape('OrderDetail', {
  ...OrderWire.properties,
  customer: Nullable(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      phone: Type.String(),
      email: Nullable(Type.String()),
      address: Nullable(Type.String()),
    }),
  ),
  status_history: Type.Array(StatusChangeWire),
  would_book: Type.Object(
    { unpaid: BookedWire, partial: BookedWire, paid: BookedWire },
    { description: 'The payments that each payment status would add now; none to the one that it has' },
  ),
  in_khata: Type.Number({
    description: 'Rupees of it that stand in the khata; a cancellation credits them',
  }),
  cash_received: Type.Number({
    description:
      'Rupees that it got in cash, on all days, without what was taken back; for what the law allows',
  }),
});
export type OrderDetailWire = Static<typeof OrderDetailWire>;

/** A page of orders. `orders`, `total`, `page` and `pages` are what the older documentation promised. */
export const OrderListReply = Type.Object({
  success: Type.Literal(true),
  data: Type.Array(OrderWire),
  pagination: PageInfo,
  orders: Type.Array(OrderWire),
  total: Type.Integer(),
  page: Type.Integer(),
  pages: Type.Integer(),
});

export const OrderStatisticsWire = Type.Object({
  total_orders: Type.Integer(),
  total_revenue: Type.Number({ description: 'Rupees of all orders, cancelled ones too' }),
  average_order_value: Amount,
  status_breakdown: Type.Object({
    pending: Type.Integer(),
    processing: Type.Integer(),
    completed: Type.Integer(),
    cancelled: Type.Integer(),
  }),
  payment_breakdown: Type.Object({
    unpaid: Type.Integer(),
    partial: Type.Integer(),
    paid: Type.Integer(),
  }),
});
export type OrderStatisticsWire = Static<typeof OrderStatisticsWire>;

const NewOrderItem = Type.Object({
  product_id: Id,
  quantity: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, description: 'Default 1' })),
  unit_price: Type.Optional(Rupees({ description: "Default: the product's list price" })),
});

export const NewOrderBody = Type.Object(
  {
    customer_id: Type.String({ ...Id, minLength: 1 }),
    items: Type.Array(NewOrderItem, { minItems: 1, maxItems: 200 }),
    tax_amount: Type.Optional(Rupees()),
    discount_amount: Type.Optional(Rupees({ description: 'At most subtotal and tax' })),
    payment_status: Type.Optional(PaymentStatusWire),
    payment_method: Type.Optional(
      Nullable(Type.String({ maxLength: 50 }), {
        description: 'Free text such as cash, card, upi; khata debits the total less amount_paid',
      }),
    ),
    ...paymentFields,
    notes: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
    admin_notes: Type.Optional(Nullable(Type.String({ maxLength: 2000 }))),
  },
  {
    examples: [
      {
        customer_id: '65e0c0ffee0123456789abcd',
        items: [{ product_id: '65d0c0ffee0123456789abcd', quantity: 2, unit_price: 25000 }],
        tax_amount: 1500,
        payment_method: 'khata',
        amount_paid: 10000,
      },
    ],
  },
);
export type NewOrderBody = Static<typeof NewOrderBody>;

export const OrderStatusBody = Type.Object(
  { status: StatusWire, version },
  { examples: [{ status: 'completed' }] },
);
export const OrderPaymentStatusBody = Type.Object(
  {
    payment_status: PaymentStatusWire,
    method: Type.Optional(
      Nullable(MoneyMethodWire, {
        description:
          "With paid or `amount`: how it was paid; left out or null: by the order's payment_method",
      }),
    ),
    amount: Type.Optional(
      Rupees({
        positive: true,
        description:
          'With partial: what came in now, less than what is missing; one more payment where it is partial already',
      }),
    ),
    expected_amount: Type.Optional(
      Rupees({
        signed: true,
        description:
          'What the caller was told that it books, in sum (`would_book`); nothing changes where that is another amount by now',
      }),
    ),
    version,
  },
  { examples: [{ payment_status: 'paid' }] },
);
export type OrderPaymentStatusBody = Static<typeof OrderPaymentStatusBody>;

const NoteText = Type.Optional(Nullable(Type.String({ maxLength: 2000, pattern: '^$|\\S' })));
/**
 * Either spelling: `note` with `is_admin`, or the field that the note is added to. A field of a form that was left empty
 * beside another adds nothing.
 */
export const OrderNotesBody = Type.Object(
  {
    note: NoteText,
    is_admin: Type.Optional(
      Type.Boolean({ description: 'Where `note` goes: admin_notes (default) or notes' }),
    ),
    admin_notes: NoteText,
    notes: NoteText,
    version,
  },
  { examples: [{ note: 'Ring size 14', is_admin: false }] },
);
export type OrderNotesBody = Static<typeof OrderNotesBody>;

/** The older service's texts, in the order in which it checked. */
export const NEW_ORDER_MESSAGES = [
  { field: 'customer_id', rule: 'required', text: 'customer_id is required' },
  { field: 'items', rule: 'required', text: 'items is required and must contain at least one item' },
  { field: 'items', rule: 'minItems', text: 'items is required and must contain at least one item' },
];
export const ORDER_STATUS_MESSAGES = [{ field: 'status', rule: 'required', text: 'status is required' }];
export const ORDER_PAYMENT_STATUS_MESSAGES = [
  { field: 'payment_status', rule: 'required', text: 'payment_status is required' },
];
export const ORDER_NOTES_MESSAGES = [{ field: 'note', rule: 'required', text: 'note is required' }];

const filters = {
  status: QueryOneOf([...STATUSES, 'all'], 'pending, processing, completed or cancelled; all: no filter'),
  payment_status: QueryOneOf([...PAYMENT_STATUSES, 'all'], 'unpaid, partial or paid; all: no filter'),
  customer_id: QueryText('Orders of one customer'),
  date_from: QueryText("First day of the shop's calendar, or an instant (ISO-8601)"),
  date_to: QueryText('Last day, taken whole, or an instant'),
  search: QueryText(
    'Part of the order number or customer name; names that begin so in the other script, Latin or Devanagari, are found, too',
  ),
};
export const OrderQuery = Type.Object({ ...FORMAT_QUERY, ...PageQuery, ...filters });
export const OrderStatisticsQuery = Type.Object(filters);
export const OrdersOfCustomerQuery = Type.Object(PageQuery);
