// A new order by typing names: the customer, the pieces, how it is paid. What it will do to the khata stands there before.

import { Select, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { flushSync } from 'react-dom';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPhone } from '../../format/phone.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Money } from '../../ui/figures.tsx';
import { AmountInput } from '../../ui/form/amount-input.tsx';
import { focusField } from '../../ui/form/focus-on-arrival.ts';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { type ShopFormState, useShopForm } from '../../ui/form/use-shop-form.ts';
import { SearchPicker } from '../../ui/picker/search-picker.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { isCash } from '../customers/cash-limit.ts';
import { CashWarning } from '../customers/cash-warning.tsx';
import { useCreditLimit } from '../customers/credit-limit.ts';
import { findCustomers, useCustomer } from '../customers/customer-queries.ts';
import { customerWords } from '../customers/words/customer-words.ts';
import { findPieces } from '../products/find-pieces.ts';
import { usePieceWorkings } from '../sale/sale-queries.ts';
import { checkOrder, placeOrderErrors } from './check-order.ts';
import {
  EMPTY_ORDER,
  khataPartOf,
  lineOf,
  methodOfPaid,
  type OrderLine,
  type OrderValues,
  type PricedOrder,
  pricedOrder,
  toOrderBody,
  totalOf,
} from './order-form.ts';
import { OrderLines } from './order-lines.tsx';
import { METHODS, MONEY_METHODS, type MoneyMethod } from './order-money.ts';
import { placeOrder } from './order-queries.ts';
import styles from './orders.module.css';
import { orderWords } from './words/order-words.ts';

interface NewOrderDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function NewOrderDialog({ opened, onClose }: NewOrderDialogProps) {
  const words = useWords(orderWords);
  // What is said of cash must not make the page behind wait.
  useWords(customerWords);
  return (
    <Dialog opened={opened} title={words('add')} size={640} onClose={onClose}>
      <NewOrderForm onClose={onClose} />
    </Dialog>
  );
}

function NewOrderForm({ onClose }: { onClose: () => void }) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const navigate = useNavigate();
  const state: ShopFormState<OrderValues> = useShopForm<OrderValues>({
    initial: EMPTY_ORDER,
    draft: 'order.new',
    check: (now) => checkOrder(pricedOrder(now, workings)),
    place: placeOrderErrors,
    send: async (now, draftId) => {
      const order = await placeOrder(toOrderBody(pricedOrder(now, workings)), draftId);
      toast(words('placed', { number: order.order_number }));
      await navigate({ to: '/orders/$orderId', params: { orderId: order.id }, replace: true });
    },
  });
  const { form } = state;
  const values = form.getValues();
  const workings = usePieceWorkings(values.lines.map(({ productId }) => productId));
  const priced = pricedOrder(values, workings);
  const setLines = (lines: OrderLine[]) => {
    form.setFieldValue('lines', lines);
    form.clearErrors();
  };
  return (
    <ShopForm
      state={state}
      action={words('place')}
      onCancel={onClose}
      aside={
        <>
          <Sum values={priced} />
          <CashWarning
            customerId={values.customer?.id}
            taken={isCash(methodOfPaid(values)) ? Number(values.paid) : 0}
          />
        </>
      }
      wide
    >
      {values.customer === null ? (
        <SearchPicker
          label={words('customer')}
          placeholder={words('customerHint')}
          queryKey="customers"
          find={findCustomers}
          idOf={({ id }) => id}
          show={({ name, phone_e164: phone }) => `${name}, ${formatPhone(phone)}`}
          onPick={({ id, name }) => {
            form.setFieldValue('customer', { id, name });
            // On to the pieces: this field goes.
            focusField('lines');
          }}
          error={form.errors.customer}
          path="customer"
          required
          autoFocus
        />
      ) : (
        <div className={styles.picked}>
          <span>
            <span className="muted">{words('customer')}</span> <b>{values.customer.name}</b>
          </span>
          <button
            type="button"
            className={`reach ${styles.other}`}
            onClick={() => {
              // At once: the next key that is pressed is the first letter of the name already.
              flushSync(() => form.setFieldValue('customer', null));
              focusField('customer');
            }}
          >
            {words('another')}
          </button>
        </div>
      )}
      <OrderLines
        lines={priced.lines}
        errors={form.errors}
        onChange={(index, changes) =>
          setLines(values.lines.map((line, at) => (at === index ? { ...line, ...changes } : line)))
        }
        onTakeOut={(index) => setLines(values.lines.toSpliced(index, 1))}
      />
      <SearchPicker
        label={words('addPiece')}
        placeholder={words('pieceHint')}
        queryKey="products"
        find={findPieces}
        idOf={({ id }) => id}
        show={(piece) => (
          <span className={styles.option}>
            <span>{piece.name}</span>
            <Money rupees={piece.current_price ?? piece.base_price} />
          </span>
        )}
        onPick={(piece) => setLines([...form.getValues().lines, lineOf(piece)])}
        error={form.errors.lines}
        path="lines"
        required={values.lines.length === 0}
      />
      <div className={styles.pair}>
        <AmountInput label={words('tax')} {...form.getInputProps('tax')} />
        <AmountInput label={words('discount')} {...form.getInputProps('discount')} />
        <Select
          label={words('method')}
          clearable
          data={METHODS.map((value) => ({ value, label: everyday(value) }))}
          value={values.method === '' ? null : values.method}
          onChange={(value) => form.setFieldValue('method', value ?? '')}
          data-path="method"
          error={form.errors.method}
        />
        <AmountInput label={words('paidNow')} {...form.getInputProps('paid')} />
        {values.method === 'khata' && Number(values.paid) > 0 ? (
          <Select
            label={words('paidNowBy')}
            clearable
            data={MONEY_METHODS.map((value) => ({ value, label: everyday(value) }))}
            value={values.paidBy === '' ? null : values.paidBy}
            onChange={(value) => form.setFieldValue('paidBy', (value ?? '') as MoneyMethod | '')}
            data-path="paidBy"
            error={form.errors.paidBy}
          />
        ) : null}
      </div>
      <Textarea label={words('notes')} autosize minRows={1} {...form.getInputProps('notes')} />
    </ShopForm>
  );
}

/** The total, and where the customer's khata will stand. */
function Sum({ values }: { values: PricedOrder }) {
  const words = useWords(orderWords);
  const part = khataPartOf(values);
  const { data: customer } = useCustomer(values.customer?.id);
  return (
    <div className={styles.sum} role="status">
      <div className={styles.comesTo}>
        <span className="muted">{words('total')}</span>
        <span className={styles.figure}>{formatRupees(totalOf(values))}</span>
      </div>
      {part > 0 && customer !== undefined ? <KhataAfter customer={customer} part={part} /> : null}
    </div>
  );
}

function KhataAfter({ customer, part }: { customer: CustomerWire; part: number }) {
  const words = useWords(orderWords);
  const { limit } = useCreditLimit(customer);
  const after = (Math.round(customer.current_balance * 100) + Math.round(part * 100)) / 100;
  return (
    <span>
      {words('khataAfter', { name: customer.name, part: formatRupees(part), after: formatRupees(after) })}
      {limit !== null && after > limit ? (
        <span className="out"> {words('overLimit', { over: formatRupees(after - limit) })}</span>
      ) : null}
    </span>
  );
}
