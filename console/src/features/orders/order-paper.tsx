import type { OrderDetailWire, OrderWire } from '../../../../server/src/contract/order.ts';
import { decimals } from '../../format/number.ts';
import { formatPhone } from '../../format/phone.ts';
import { goldPurity } from '../../format/purity.ts';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { useFigures } from '../../ui/print/use-figures.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { noteText } from './note-text.ts';
import { receivedFor, restOf } from './order-money.ts';
import styles from './orders.module.css';
import { orderWords } from './words/order-words.ts';

interface OrderPaperProps {
  order: OrderDetailWire;
  /** An estimate says that prices are of its day; a slip says what was ordered and paid. */
  kind: 'slip' | 'estimate';
  /** On a roll, where four columns have no room. */
  isNarrow?: boolean;
}

/** An order on paper. It is no tax invoice and says so. */
export function OrderPaper({ order, kind, isNarrow = false }: OrderPaperProps) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const { date, dateTime, rupees } = useFigures();
  // The columns before the amount.
  const before = isNarrow ? 1 : 3;
  const [paidSum, rest] = [receivedFor(order), restOf(order)];
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
        <div>{date(order.created_at)}</div>
      </PaperHead>
      <p>
        <b>{order.customer_name}</b> <span className="nowrap">{formatPhone(order.customer_phone)}</span>
      </p>
      <table>
        {isNarrow ? null : (
          <thead>
            <tr>
              <th>{words('piece')}</th>
              <th className="number">{words('weight')}</th>
              <th className="number">{words('quantity')}</th>
              <th className="number">{words('amount')}</th>
            </tr>
          </thead>
        )}
        <tbody>
          {order.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of an order never change.
            <Line key={index} item={item} isNarrow={isNarrow} />
          ))}
          {sums
            .filter(([, amount]) => amount !== 0)
            .map(([name, amount]) => (
              <tr key={name}>
                <td colSpan={before}>{name}</td>
                <td className="number">{rupees(amount)}</td>
              </tr>
            ))}
          <tr className="sum">
            <td colSpan={before}>
              <b>{words('total')}</b>
            </td>
            <td className="number">
              <b>{rupees(order.total_amount)}</b>
            </td>
          </tr>
          {kind === 'slip' && paidSum !== 0 ? (
            <tr>
              <td colSpan={before}>{words('paidSoFar')}</td>
              <td className="number">{rupees(paidSum)}</td>
            </tr>
          ) : null}
          {kind === 'slip' && order.in_khata > 0 ? (
            <tr>
              <td colSpan={before}>{everyday('khata')}</td>
              <td className="number">{rupees(order.in_khata)}</td>
            </tr>
          ) : null}
          {kind === 'slip' && rest > 0 && rest < order.total_amount ? (
            <tr className="sum">
              <td colSpan={before}>
                <b>{words('stillToPay')}</b>
              </td>
              <td className="number">
                <b>{rupees(rest)}</b>
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
      {order.notes === '' ? null : <p className={styles.note}>{noteText(order.notes, dateTime)}</p>}
      <p>
        {kind === 'slip' ? null : `${words('estimateFoot')} `}
        {everyday('noTaxInvoice')}
      </p>
    </>
  );
}

function Line({ item, isNarrow }: { item: OrderWire['items'][number]; isNarrow: boolean }) {
  const words = useWords(orderWords);
  const { language, grams, rupees, count } = useFigures();
  const purity = goldPurity(item.gold_purity);
  const amount = <td className="number">{rupees(item.total_price)}</td>;
  if (isNarrow) {
    const weight = decimals(item.weight, 3, 3, language);
    return (
      <tr>
        <td>
          <b>{item.product_name}</b>
          <div>{words('lineNote', { quantity: item.quantity, weight, purity })}</div>
        </td>
        {amount}
      </tr>
    );
  }
  return (
    <tr>
      <td>
        {item.product_name} ({purity})
      </td>
      <td className="number">{grams(item.weight)}</td>
      <td className="number">{count(item.quantity)}</td>
      {amount}
    </tr>
  );
}
