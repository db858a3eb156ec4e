// Where an order stands and how it is paid. What can be taken back is done in one click; cancelling, and what books money,
// asks first.

import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { useCan } from '../../api/use-session.ts';
import { formatRupees } from '../../format/money.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { khataPaid, moneyMoved } from './order-money.ts';
import { changePayment, changeStatus } from './order-queries.ts';
import { ORDER_STATUSES, type OrderStatus, PAYMENT_STATUSES, type PaymentStatus } from './order-search.ts';
import styles from './orders.module.css';
import { type AskedPayment, PaymentDialog } from './payment-dialog.tsx';
import { orderWords } from './words/order-words.ts';

export function OrderState({ order }: { order: OrderWire }) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const canWrite = useCan('orders.write');
  const [cancelling, setCancelling] = useState(false);
  const [asked, setAsked] = useState<AskedPayment | null>(null);
  const [asking, setAsking] = useState(false);
  const [working, setWorking] = useState(false);
  const isClosed = order.status === 'cancelled';
  if (!canWrite) {
    return (
      <div className={styles.state}>
        <Labelled label={words('status')}>
          <StatusMark status={order.status} />
        </Labelled>
        <Labelled label={words('payment')}>
          <StatusMark status={order.payment_status} />
        </Labelled>
      </div>
    );
  }
  const run = async (
    change: () => Promise<OrderWire>,
    text: string,
    undo: (now: OrderWire) => (() => Promise<unknown>) | undefined,
  ) => {
    setWorking(true);
    try {
      const takeBack = undo(await change());
      toast(text, { about: [order.id], ...(takeBack === undefined ? {} : { undo: takeBack }) });
    } catch (error) {
      toastError(error);
    } finally {
      setWorking(false);
    }
  };
  const setStatus = (status: OrderStatus) => {
    if (status === 'cancelled') return setCancelling(true);
    const before = order.status;
    void run(
      () => changeStatus(order, status),
      words('statusIs', { status: everyday(status) }),
      (now) => () => changeStatus(now, before),
    );
  };
  const setPayment = (payment: PaymentStatus) => {
    const moved = moneyMoved(order, payment);
    if (moved !== 0) {
      setAsked({ to: payment, moved });
      return setAsking(true);
    }
    const before = order.payment_status;
    void run(
      () => changePayment(order, payment),
      words('statusIs', { status: everyday(payment) }),
      // The way back must not book money unasked either.
      (now) => (moneyMoved(now, before) === 0 ? () => changePayment(now, before) : undefined),
    );
  };
  return (
    <div className={styles.state}>
      <Labelled label={words('status')}>
        <SegmentedControl
          aria-label={words('status')}
          value={order.status}
          disabled={working || isClosed}
          onChange={(value) => setStatus(value as OrderStatus)}
          data={ORDER_STATUSES.map((value) => ({ value, label: everyday(value) }))}
        />
      </Labelled>
      <Labelled label={words('payment')}>
        <SegmentedControl
          aria-label={words('payment')}
          value={order.payment_status}
          disabled={working || isClosed}
          onChange={(value) => setPayment(value as PaymentStatus)}
          data={PAYMENT_STATUSES.map((value) => ({ value, label: everyday(value) }))}
        />
      </Labelled>
      {asked === null ? null : (
        <PaymentDialog order={order} asked={asked} opened={asking} onClose={() => setAsking(false)} />
      )}
      <ConfirmDialog
        opened={cancelling}
        title={words('cancelOrder')}
        result={
          order.khata_entry_id === null
            ? words('cancelResult')
            : words('cancelKhata', {
                name: order.customer_name,
                amount: formatRupees(khataPaid(order.payments)),
              })
        }
        action={words('cancelOrder')}
        danger
        run={async () => {
          await changeStatus(order, 'cancelled');
          toast(words('statusIs', { status: everyday('cancelled') }), { about: [order.id] });
        }}
        onClose={() => setCancelling(false)}
      />
    </div>
  );
}

/** Both begin with the same word in Hindi and Marathi. */
function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <div className={styles.label} aria-hidden="true">
        {label}
      </div>
      {children}
    </div>
  );
}
