import { Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { OrderDetailWire } from '../../../../server/src/contract/order.ts';
import { formatRupees } from '../../format/money.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { isCash } from '../customers/cash-limit.ts';
import { CashWarning } from '../customers/cash-warning.tsx';
import { amountOf, type Booked, MONEY_METHODS, type MoneyMethod, methodText } from './order-money.ts';
import { bookedByNow, changePayment } from './order-queries.ts';
import type { PaymentStatus } from './order-search.ts';
import { orderWords } from './words/order-words.ts';

/** A payment status that was asked for, and the payments that it books. */
export interface AskedPayment {
  to: PaymentStatus;
  booked: Booked;
}

interface PaymentDialogProps {
  order: OrderDetailWire;
  asked: AskedPayment;
  opened: boolean;
  /** It would book another amount by now. */
  askAgain: (asked: AskedPayment) => void;
  onClose: () => void;
}

/** Asks before a change of the payment status books money: how much, and by what. */
export function PaymentDialog({
  order,
  asked: { to, booked },
  opened,
  askAgain,
  onClose,
}: PaymentDialogProps) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const moved = amountOf(booked);
  const amount = formatRupees(Math.abs(moved));
  const [chosen, setChosen] = useState<MoneyMethod | null>(null);
  const method = chosen ?? booked[0]?.method ?? null;
  const close = () => {
    setChosen(null);
    onClose();
  };
  return (
    <ConfirmDialog
      opened={opened}
      title={words('statusIs', { status: everyday(to) })}
      result={
        moved < 0 ? (
          words('takeBackResult', { amount })
        ) : (
          <Stack gap="sm">
            <div>
              {method === null
                ? words('bookUnsaid', { amount })
                : words('bookResult', { amount, method: methodText(method, everyday) })}
            </div>
            <Select
              label={words('method')}
              data={MONEY_METHODS.map((value) => ({ value, label: everyday(value) }))}
              value={method}
              onChange={(value) => setChosen(value as MoneyMethod | null)}
              allowDeselect={false}
            />
            <CashWarning
              customerId={order.customer?.id}
              taken={isCash(method) ? moved : 0}
              ofBill={order.cash_received}
            />
          </Stack>
        )
      }
      action={words(moved < 0 ? 'takeBack' : 'book', { amount })}
      danger={moved < 0}
      run={async () => {
        try {
          await changePayment(order, to, moved, moved > 0 ? chosen : null);
          toast(words('statusIs', { status: everyday(to) }), { about: [order.id] });
        } catch (refusal) {
          const now = await bookedByNow(refusal, order, to);
          // Nothing is left to be asked.
          if (amountOf(now) === 0) return toastError(refusal);
          askAgain({ to, booked: now });
          throw refusal;
        }
      }}
      onClose={close}
    />
  );
}
