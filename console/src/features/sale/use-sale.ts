// A counter sale in the making: what was picked and typed, what it comes to, and its sending, once.

import { useNavigate } from '@tanstack/react-router';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { PieceWorkingWire, ProductWire } from '../../../../server/src/contract/product.ts';
import type { NewSaleBody } from '../../../../server/src/contract/sale.ts';
import { isApiError } from '../../api/api-error.ts';
import { fieldTexts } from '../../api/error-text.ts';
import { formatRupees } from '../../format/money.ts';
import { type FieldPath, type ShopFormState, useShopForm } from '../../ui/form/use-shop-form.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { say } from '../../words/say.ts';
import { useCustomer } from '../customers/customer-queries.ts';
import { makeSale, usePieceWorkings } from './sale-queries.ts';
import { METHODS, type Method, type SaleSums, statusOf, sumSale, type Typed, toPaise } from './sale-sums.ts';
import { saleWords } from './words/sale-words.ts';

const MAX_QUANTITY = 10_000;

export interface SaleLine {
  id: string;
  name: string;
  quantity: Typed;
  /** Rupees a piece; null: today's price, whatever the rate does meanwhile. */
  price: Typed | null;
}

export interface SaleValues {
  customer: { id: string; name: string } | null;
  lines: SaleLine[];
  discount: Typed;
  paid: Record<Method, Typed>;
  references: Record<Method, string>;
  /** What was sent while nobody knows whether the server took it. Until that is known, nothing else may be sent. */
  sent: NewSaleBody | null;
}

const EMPTY: SaleValues = {
  customer: null,
  lines: [],
  discount: '',
  paid: { upi: '', cash: '', card: '', cheque: '', bank_transfer: '', khata: '' },
  references: { upi: '', cash: '', card: '', cheque: '', bank_transfer: '', khata: '' },
  sent: null,
};

type Problems = Partial<Record<FieldPath<SaleValues>, string>>;

/** A line with its price of the moment. */
export interface PricedLine extends SaleLine {
  working: PieceWorkingWire | undefined;
  /** Rupees a piece, typed or today's; '' while it is not there. */
  asked: Typed;
}

export interface SaleInTheMaking {
  state: ShopFormState<SaleValues>;
  values: SaleValues;
  lines: readonly PricedLine[];
  sums: SaleSums;
  customer: CustomerWire | undefined;
  add: (piece: ProductWire) => void;
  changeLine: (index: number, changes: Partial<SaleLine>) => void;
  removeLine: (index: number) => void;
  /** Puts what is not paid yet on this method. */
  payRest: (method: Method) => void;
}

export function useSale(): SaleInTheMaking {
  const navigate = useNavigate();
  const state: ShopFormState<SaleValues> = useShopForm<SaleValues>({
    initial: EMPTY,
    draft: 'sale.new',
    check: (now) => checkSale(now, pricedLines(now, workings)),
    place: placeErrors,
    send: async (now, draftId) => {
      const body = now.sent ?? toBody(now, pricedLines(now, workings));
      // Kept before it goes out, so that a page that dies meanwhile still knows of it.
      state.form.setFieldValue('sent', body);
      try {
        const sale = await makeSale(body, draftId);
        state.startAfresh();
        await navigate({
          to: '/sale/$saleId',
          params: { saleId: sale.id },
          state: { madeBill: { isOverLimit: sale.warning !== undefined } },
        });
      } catch (error) {
        if (!isApiError(error) || !error.isOutcomeUnknown) state.form.setFieldValue('sent', null);
        throw error;
      }
    },
  });
  const { form } = state;
  const values = form.getValues();
  const workings = usePieceWorkings(values.lines.map(({ id }) => id));
  const lines = pricedLines(values, workings);
  const sums = sumSale(
    lines.map(({ quantity, asked }) => ({ quantity, price: asked })),
    values.discount,
    values.paid,
  );
  const { data: customer } = useCustomer(values.customer?.id);
  const setLines = (next: SaleLine[]) => {
    form.setFieldValue('lines', next);
    form.clearErrors();
  };
  return {
    state,
    values,
    lines,
    sums,
    customer,
    add: ({ id, name }) => {
      const same = values.lines.findIndex((line) => line.id === id && line.price === null);
      if (same === -1) return setLines([...values.lines, { id, name, quantity: 1, price: null }]);
      setLines(values.lines.with(same, plusOne(values.lines[same] as SaleLine)));
    },
    changeLine: (index, changes) =>
      setLines(values.lines.with(index, { ...(values.lines[index] as SaleLine), ...changes })),
    removeLine: (index) => setLines(values.lines.toSpliced(index, 1)),
    payRest: (method) => {
      const paise = Math.max(0, toPaise(values.paid[method]) + sums.restPaise);
      form.setFieldValue(`paid.${method}`, paise === 0 ? '' : paise / 100);
    },
  };
}

function plusOne(line: SaleLine): SaleLine {
  return { ...line, quantity: Math.min(Number(line.quantity) + 1, MAX_QUANTITY) };
}

function pricedLines(
  { lines }: SaleValues,
  workings: ReadonlyMap<string, PieceWorkingWire>,
): readonly PricedLine[] {
  return lines.map((line) => {
    const working = workings.get(line.id);
    return { ...line, working, asked: line.price ?? working?.current_price ?? '' };
  });
}

/** What can be said without the server. A sale that is only asked for again was checked before. */
function checkSale(values: SaleValues, lines: readonly PricedLine[]): Problems {
  if (values.sent !== null) return {};
  const words = say(saleWords);
  const errors = say(errorWords);
  const problems: Problems = {};
  if (values.customer === null) problems.customer = words('needsCustomer');
  if (lines.length === 0) problems.lines = words('needsPiece');
  for (const [index, { quantity, asked }] of lines.entries()) {
    const count = Number(quantity);
    if (!Number.isInteger(count) || count < 1)
      problems[`lines.${index}.quantity`] = errors('ruleMinimum', { limit: '1' });
    if (asked === '') problems[`lines.${index}.price`] = errors('ruleRequired');
  }
  if (Object.keys(problems).length > 0) return problems;
  const sums = sumSale(
    lines.map(({ quantity, asked }) => ({ quantity, price: asked })),
    values.discount,
    values.paid,
  );
  if (toPaise(values.discount) > sums.totalPaise) {
    problems.discount = errors('ruleMaximum', { limit: formatRupees(sums.totalPaise / 100) });
  } else if (sums.restPaise !== 0) {
    problems.paid = words(sums.restPaise > 0 ? 'restMissing' : 'tooMuch', {
      amount: formatRupees(Math.abs(sums.restPaise) / 100),
    });
  }
  return problems;
}

function toBody(values: SaleValues, lines: readonly PricedLine[]): NewSaleBody {
  const sums = sumSale(
    lines.map(({ quantity, asked }) => ({ quantity, price: asked })),
    values.discount,
    values.paid,
  );
  return {
    customer_id: values.customer?.id ?? '',
    products: lines.map(({ id, quantity, asked }) => ({
      product_id: id,
      quantity: Number(quantity),
      price_at_sale: Number(asked),
    })),
    discount: Number(values.discount),
    payment_status: statusOf(sums),
    payments: rowsOf(values).map((method) => ({
      method,
      amount: Number(values.paid[method]),
      reference: values.references[method].trim() || null,
    })),
  };
}

/** The methods that something is paid by, in the order in which they are sent. */
function rowsOf({ paid }: SaleValues): Method[] {
  return METHODS.filter((method) => toPaise(paid[method]) > 0);
}

/** The server's refusal beside the fields of this form. */
function placeErrors(error: unknown, values: SaleValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldTexts(error)).map(([name, text]) => [formPath(name, values), text]),
  );
}

const LINE_FIELDS: Record<string, string> = { price_at_sale: 'price', quantity: 'quantity' };

function formPath(name: string, values: SaleValues): string {
  const [first, index, field = ''] = name.split('.');
  if (first === 'customer_id') return 'customer';
  if (first === 'products') {
    return index === undefined ? 'lines' : `lines.${index}.${LINE_FIELDS[field] ?? 'price'}`;
  }
  if (first !== 'payments') return name;
  const method = rowsOf(values)[Number(index)];
  if (method === undefined) return 'paid';
  return field === 'reference' ? `references.${method}` : `paid.${method}`;
}
