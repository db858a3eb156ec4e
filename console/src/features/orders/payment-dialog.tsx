import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { formatRupees } from '../../format/money.ts';
import { ConfirmDialog } from '../../ui/dialog/confirm-dialog.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { methodOfRest, methodText } from './order-money.ts';
import { changePayment } from './order-queries.ts';
import type { PaymentStatus } from './order-search.ts';
import { orderWords } from './words/order-words.ts';

/** A payment status that was asked for, and the rupees that it books; below 0: takes back. */
export interface AskedPayment {
  to: PaymentStatus;
  moved: number;
}

interface PaymentDialogProps {
  order: OrderWire;
  asked: AskedPayment;
  opened: boolean;
  onClose: () => void;
}

/** Asks before a change of the payment status books money: how much, and by what. */
export function PaymentDialog({ order, asked: { to, moved }, opened, onClose }: PaymentDialogProps) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const amount = formatRupees(Math.abs(moved));
  const method = methodOfRest(order);
  const booked =
    method === null
      ? words('bookUnsaid', { amount })
      : words('bookResult', { amount, method: methodText(method, everyday) });
  return (
    <ConfirmDialog
      opened={opened}
      title={words('statusIs', { status: everyday(to) })}
      result={moved < 0 ? words('takeBackResult', { amount }) : booked}
      action={words(moved < 0 ? 'takeBack' : 'book', { amount })}
      danger={moved < 0}
      run={async () => {
        await changePayment(order, to);
        toast(words('statusIs', { status: everyday(to) }), { about: [order.id] });
      }}
      onClose={onClose}
    />
  );
}
