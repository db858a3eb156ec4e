// Where an order stands and how it is paid. What can be taken back is done in one click; cancelling, and what books money,
// asks first.

import { SegmentedControl, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { OrderDetailWire } from '../../../../server/src/contract/order.ts';
import { useCan } from '../../api/use-session.ts';
import { formatRupees } from '../../format/money.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { receivedFor } from './order-money.ts';
import { changeStatus } from './order-queries.ts';
import { ORDER_STATUSES, type OrderStatus } from './order-search.ts';
import styles from './orders.module.css';
import { PaymentControl } from './payment-control.tsx';
import { orderWords } from './words/order-words.ts';

export function OrderState({ order }: { order: OrderDetailWire }) {
  const words = useWords(orderWords);
  const canWrite = useCan('orders.write');
  const [working, setWorking] = useState(false);
  const run = async (change: () => Promise<void>) => {
    setWorking(true);
    try {
      await change();
    } catch (error) {
      toastError(error);
    } finally {
      setWorking(false);
    }
  };
  return (
    <div className={styles.state}>
      <Labelled label={words('status')}>
        {canWrite ? (
          <StatusControl order={order} disabled={working || order.status === 'cancelled'} run={run} />
        ) : (
          <StatusMark status={order.status} />
        )}
      </Labelled>
      <Labelled label={words('payment')}>
        {canWrite ? (
          <PaymentControl order={order} disabled={working} run={run} />
        ) : (
          <StatusMark status={order.payment_status} />
        )}
      </Labelled>
    </div>
  );
}

interface ControlProps {
  order: OrderDetailWire;
  disabled: boolean;
  /** One change at a time; says what went wrong. */
  run: (change: () => Promise<void>) => Promise<void>;
}

function StatusControl({ order, disabled, run }: ControlProps) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const [cancelling, setCancelling] = useState(false);
  const received = receivedFor(order);
  const setStatus = (status: OrderStatus) => {
    if (status === 'cancelled') return setCancelling(true);
    const before = order.status;
    void run(async () => {
      const now = await changeStatus(order, status);
      toast(words('statusIs', { status: everyday(status) }), {
        about: [order.id],
        undo: () => changeStatus(now, before),
      });
    });
  };
  return (
    <>
      <SegmentedControl
        aria-label={words('status')}
        value={order.status}
        disabled={disabled}
        onChange={(value) => setStatus(value as OrderStatus)}
        data={ORDER_STATUSES.map((value) => ({ value, label: everyday(value) }))}
      />
      <ConfirmDialog
        opened={cancelling}
        title={words('cancelOrder')}
        result={
          <Stack gap="sm">
            <div>
              {order.in_khata === 0
                ? words('cancelResult')
                : words('cancelKhata', {
                    name: order.customer_name,
                    amount: formatRupees(order.in_khata),
                  })}
            </div>
            {received > 0 ? (
              <div>
                {words('cancelReceived', { amount: formatRupees(received), status: everyday('unpaid') })}
              </div>
            ) : null}
          </Stack>
        }
        action={words('cancelOrder')}
        danger
        run={async () => {
          await changeStatus(order, 'cancelled');
          toast(words('statusIs', { status: everyday('cancelled') }), { about: [order.id] });
        }}
        onClose={() => setCancelling(false)}
      />
    </>
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
