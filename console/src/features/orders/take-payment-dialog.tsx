// Money that comes in for an order: one part after the other, or the rest, each by its own method.

import { Select } from '@mantine/core';
import type { OrderDetailWire } from '../../../../server/src/contract/order.ts';
import { formatRupees } from '../../format/money.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { RupeesInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { isCash } from '../customers/cash-limit.ts';
import { CashWarning } from '../customers/cash-warning.tsx';
import { MONEY_METHODS, type MoneyMethod, restAfter, restOf } from './order-money.ts';
import { takePayment } from './order-queries.ts';
import { orderWords } from './words/order-words.ts';

interface TakePaymentDialogProps {
  order: OrderDetailWire;
  opened: boolean;
  onClose: () => void;
}

export function TakePaymentDialog({ order, opened, onClose }: TakePaymentDialogProps) {
  const words = useWords(orderWords);
  return (
    <Dialog opened={opened} title={words('takePayment')} onClose={onClose}>
      <TakePaymentForm order={order} onClose={onClose} />
    </Dialog>
  );
}

function TakePaymentForm({ order, onClose }: Omit<TakePaymentDialogProps, 'opened'>) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const errors = useWords(errorWords);
  const rest = restOf(order);
  const amountProblem = (amount: number) => {
    if (amount > rest) return errors('ruleMaximum', { limit: formatRupees(rest) });
    return amount > 0 ? null : errors('ruleAbove', { limit: '0' });
  };
  const initial: { amount: number | ''; method: string | null } = { amount: '', method: null };
  const state = useShopForm({
    initial,
    draft: `order.${order.id}.payment`,
    check: ({ amount, method }) => ({
      amount: amountProblem(Number(amount)),
      // Whoever counts the drawer in the evening needs to know.
      method: method === null ? errors('ruleRequired') : null,
    }),
    send: async ({ amount, method }, draftId) => {
      const booked = formatRupees(Number(amount));
      await takePayment(order, Number(amount), method as MoneyMethod, draftId);
      onClose();
      toast(words('paymentTaken', { amount: booked }));
    },
  });
  const { amount, method } = state.form.getValues();
  const after = restAfter(order, Number(amount));
  return (
    <ShopForm
      state={state}
      action={words('takePayment')}
      onCancel={onClose}
      aside={
        <>
          <b role="status">
            {after > 0 ? words('staysToPay', { amount: formatRupees(after) }) : null}
            {after === 0 ? words('allPaid') : null}
          </b>
          <CashWarning
            customerId={order.customer?.id}
            taken={isCash(method) ? Number(amount) : 0}
            ofBill={order.cash_received}
          />
        </>
      }
    >
      <RupeesInput
        label={words('paidNow')}
        required
        data-autofocus
        size="lg"
        {...state.form.getInputProps('amount')}
      />
      <Select
        label={words('method')}
        required
        allowDeselect={false}
        data={MONEY_METHODS.map((value) => ({ value, label: everyday(value) }))}
        {...state.form.getInputProps('method')}
      />
    </ShopForm>
  );
}
