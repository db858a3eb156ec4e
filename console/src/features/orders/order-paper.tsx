import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { formatDate } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { formatGrams } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { goldPurity } from '../../format/purity.ts';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { useWords } from '../../words/say.ts';
import { orderWords } from './words/order-words.ts';

interface OrderPaperProps {
  order: OrderWire;
  /** An estimate says that prices are of its day; a slip says what was ordered and paid. */
  kind: 'slip' | 'estimate';
}

/** An order on paper. It is no tax invoice and says so. */
export function OrderPaper({ order, kind }: OrderPaperProps) {
  const words = useWords(orderWords);
  const paid = order.payments.filter(({ method }) => method !== 'khata');
  const paidSum = paid.reduce((sum, { amount }) => sum + Math.round(amount * 100), 0) / 100;
  const sums = [
    [words('tax'), order.tax_amount],
    [words('discount'), -order.discount_amount],
  ] as const;
  return (
    <>
      <PaperHead>
        <div>
          <b>{words(kind === 'slip' ? 'slip' : 'estimate')}</b>
        </div>
        <div>{order.order_number}</div>
        <div>{formatDate(order.created_at)}</div>
      </PaperHead>
      <p>
        {order.customer_name}, {formatPhone(order.customer_phone)}
      </p>
      <table>
        <thead>
          <tr>
            <th>{words('piece')}</th>
            <th className="number">{words('weight')}</th>
            <th className="number">{words('quantity')}</th>
            <th className="number">{words('amount')}</th>
          </tr>
        </thead>
        <tbody>
          {order.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of an order never change.
            <tr key={index}>
              <td>
                {item.product_name} ({goldPurity(item.gold_purity)})
              </td>
              <td className="number">{formatGrams(item.weight)}</td>
              <td className="number">{item.quantity}</td>
              <td className="number">{formatRupees(item.total_price)}</td>
            </tr>
          ))}
          {sums
            .filter(([, amount]) => amount !== 0)
            .map(([name, amount]) => (
              <tr key={name}>
                <td colSpan={3}>{name}</td>
                <td className="number">{formatRupees(amount)}</td>
              </tr>
            ))}
          <tr>
            <td colSpan={3}>
              <b>{words('total')}</b>
            </td>
            <td className="number">
              <b>{formatRupees(order.total_amount)}</b>
            </td>
          </tr>
          {kind === 'slip' && paidSum !== 0 ? (
            <tr>
              <td colSpan={3}>{words('paidSoFar')}</td>
              <td className="number">{formatRupees(paidSum)}</td>
            </tr>
          ) : null}
        </tbody>
      </table>
      {order.notes === '' ? null : <p>{order.notes}</p>}
      <p>{words(kind === 'slip' ? 'slipFoot' : 'estimateFoot')}</p>
    </>
  );
}
