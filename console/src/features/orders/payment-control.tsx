import { Button, Group, SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import type { OrderDetailWire } from '../../../../server/src/contract/order.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { customerWords } from '../customers/words/customer-words.ts';
import { amountOf, mayBecome, restOf } from './order-money.ts';
import { bookedByNow, changePayment } from './order-queries.ts';
import { PAYMENT_STATUSES, type PaymentStatus } from './order-search.ts';
import { type AskedPayment, PaymentDialog } from './payment-dialog.tsx';
import { TakePaymentDialog } from './take-payment-dialog.tsx';
import { orderWords } from './words/order-words.ts';

interface PaymentControlProps {
  order: OrderDetailWire;
  disabled: boolean;
  /** One change at a time; says what went wrong. */
  run: (change: () => Promise<void>) => Promise<void>;
}

/** How an order is paid. A change that books money asks first, also where it books some only since the screen was read. */
export function PaymentControl({ order, disabled, run }: PaymentControlProps) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  // What the dialog says of cash must not make the page behind it wait.
  useWords(customerWords);
  const [asked, setAsked] = useState<AskedPayment | null>(null);
  const [asking, setAsking] = useState(false);
  const [isTaking, setTaking] = useState(false);
  const hasRest = restOf(order) > 0;
  const ask = (now: AskedPayment) => {
    setAsked(now);
    setAsking(true);
  };
  const change = async (to: PaymentStatus) => {
    const before = order.payment_status;
    const now = await changePayment(order, to, 0);
    // The way back must not book money unasked either.
    const canGoBack = now !== undefined && amountOf(now.would_book[before]) === 0;
    toast(words('statusIs', { status: everyday(to) }), {
      about: [order.id],
      ...(canGoBack ? { undo: () => changePayment(now, before, 0) } : {}),
    });
  };
  const setPayment = (to: PaymentStatus) => {
    // How much of it came in is not known by the word alone.
    if (to === 'partial' && hasRest) return setTaking(true);
    const booked = order.would_book[to];
    if (amountOf(booked) !== 0) return ask({ to, booked });
    void run(async () => {
      try {
        await change(to);
      } catch (refusal) {
        const now = await bookedByNow(refusal, order, to);
        if (amountOf(now) === 0) throw refusal;
        ask({ to, booked: now });
      }
    });
  };
  return (
    <>
      <Group gap="xs">
        <SegmentedControl
          aria-label={words('payment')}
          value={order.payment_status}
          disabled={disabled || !PAYMENT_STATUSES.some((to) => mayBecome(order, to))}
          onChange={(value) => setPayment(value as PaymentStatus)}
          data={PAYMENT_STATUSES.map((value) => ({
            value,
            label: everyday(value),
            disabled: !mayBecome(order, value),
          }))}
        />
        {hasRest ? (
          <Button variant="default" disabled={disabled} onClick={() => setTaking(true)}>
            {words('takePayment')}
          </Button>
        ) : null}
      </Group>
      <TakePaymentDialog order={order} opened={isTaking} onClose={() => setTaking(false)} />
      {asked === null ? null : (
        <PaymentDialog
          order={order}
          asked={asked}
          opened={asking}
          askAgain={setAsked}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}
