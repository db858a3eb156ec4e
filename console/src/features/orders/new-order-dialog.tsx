// A new order by typing names: the customer, the pieces, how it is paid. What it will do to the khata stands there before.

import { Select, Textarea } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { flushSync } from 'react-dom';
import { formatRupees } from '../../format/money.ts';
import { formatPhone } from '../../format/phone.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Money } from '../../ui/figures.tsx';
import { AmountInput } from '../../ui/form/amount-input.tsx';
import { focusField } from '../../ui/form/focus-on-arrival.ts';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { SearchPicker } from '../../ui/picker/search-picker.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { findCustomers } from '../customers/customer-queries.ts';
import { findPieces } from '../products/find-pieces.ts';
import { EMPTY_ORDER, khataPartOf, lineOf, toOrderBody, totalOf } from './order-form.ts';
import { OrderLines } from './order-lines.tsx';
import { placeOrder } from './order-queries.ts';
import styles from './orders.module.css';
import { orderWords } from './words/order-words.ts';

const METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer', 'khata'] as const;

interface NewOrderDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function NewOrderDialog({ opened, onClose }: NewOrderDialogProps) {
  const words = useWords(orderWords);
  return (
    <Dialog opened={opened} title={words('add')} size={640} onClose={onClose}>
      <NewOrderForm onClose={onClose} />
    </Dialog>
  );
}

function NewOrderForm({ onClose }: { onClose: () => void }) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const errors = useWords(errorWords);
  const navigate = useNavigate();
  const state = useShopForm({
    initial: EMPTY_ORDER,
    draft: 'order.new',
    fields: {
      customer_id: 'customer',
      items: 'lines',
      tax_amount: 'tax',
      discount_amount: 'discount',
      amount_paid: 'paid',
    },
    check: (values) => ({
      customer: values.customer === null ? errors('ruleRequired') : null,
      lines: values.lines.length === 0 ? words('needPiece') : null,
      discount: totalOf(values) < 0 ? words('discountTooLarge') : null,
    }),
    send: async (values) => {
      const order = await placeOrder(toOrderBody(values));
      toast(words('placed', { number: order.order_number }));
      await navigate({ to: '/orders/$orderId', params: { orderId: order.id } });
    },
  });
  const { form } = state;
  const values = form.getValues();
  return (
    <ShopForm state={state} action={words('place')} onCancel={onClose} aside={<Sum values={values} />} wide>
      {values.customer === null ? (
        <SearchPicker
          label={words('customer')}
          placeholder={words('customerHint')}
          queryKey="customers"
          find={findCustomers}
          idOf={({ id }) => id}
          show={({ name, phone_e164: phone }) => `${name}, ${formatPhone(phone)}`}
          onPick={({ id, name, current_balance, credit_limit }) => {
            form.setFieldValue('customer', { id, name, current_balance, credit_limit });
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
            className={styles.other}
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
      <OrderLines lines={values.lines} onChange={(lines) => form.setFieldValue('lines', lines)} />
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
        onPick={(piece) => form.setFieldValue('lines', [...form.getValues().lines, lineOf(piece)])}
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
          error={form.errors.payment_method}
        />
        <AmountInput label={words('paidNow')} {...form.getInputProps('paid')} />
      </div>
      <Textarea label={words('notes')} autosize minRows={1} {...form.getInputProps('notes')} />
    </ShopForm>
  );
}

/** The total, and where the customer's khata will stand. */
function Sum({ values }: { values: typeof EMPTY_ORDER }) {
  const words = useWords(orderWords);
  const part = khataPartOf(values);
  const { customer } = values;
  const after =
    customer === null ? 0 : (Math.round(customer.current_balance * 100) + Math.round(part * 100)) / 100;
  const limit = customer?.credit_limit ?? null;
  return (
    <div className={styles.sum} role="status">
      <div className={styles.comesTo}>
        <span className="muted">{words('total')}</span>
        <span className={styles.figure}>{formatRupees(totalOf(values))}</span>
      </div>
      {part > 0 && customer !== null ? (
        <span>
          {words('khataAfter', { name: customer.name, part: formatRupees(part), after: formatRupees(after) })}
          {limit !== null && after > limit ? (
            <span className="out"> {words('overLimit', { over: formatRupees(after - limit) })}</span>
          ) : null}
        </span>
      ) : null}
    </div>
  );
}
