// One order: what was ordered, where it stands, how it is paid, what was noted, and what happened when.

import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowLeft, IconPrinter } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { OrderDetailWire } from '../../../../server/src/contract/order.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { decimals } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Money } from '../../ui/figures.tsx';
import { PageHeader, Sheet } from '../../ui/layout/page.tsx';
import { PaperLanguageItems, usePaperLanguage } from '../../ui/print/paper-language.tsx';
import { type Paper, usePrint } from '../../ui/print/use-print.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useIsWide } from '../../ui/use-wide.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { programName } from '../../words/program-name.ts';
import { useWords } from '../../words/say.ts';
import { useCustomer } from '../customers/customer-queries.ts';
import { methodText, restOf } from './order-money.ts';
import { OrderNotes } from './order-notes.tsx';
import { OrderPaper } from './order-paper.tsx';
import { useOrder } from './order-queries.ts';
import { OrderState } from './order-state.tsx';
import styles from './orders.module.css';
import { orderWords } from './words/order-words.ts';

const route = getRouteApi('/frame/orders/$orderId');

export function OrderScreen() {
  const { orderId } = route.useParams();
  const query = useOrder(orderId);
  return <QueryStates query={query}>{(order) => <Order key={order.id} order={order} />}</QueryStates>;
}

function Order({ order }: { order: OrderDetailWire }) {
  return (
    <>
      <OrderHeader order={order} />
      <OrderState order={order} />
      <Items order={order} />
      <OrderNotes order={order} />
      <Timeline order={order} />
    </>
  );
}

function OrderHeader({ order }: { order: OrderDetailWire }) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const navigate = useNavigate();
  const isWide = useIsWide();
  const seesKhata = useCan('khata.read');
  const { print, printed } = usePrint();
  const { data: customer } = useCustomer(useCan('customers.read') ? order.customer?.id : undefined);
  const paper = usePaperLanguage(customer);
  const printIt = (size: Paper, kind: 'slip' | 'estimate') =>
    print(size, <OrderPaper order={order} kind={kind} isNarrow={size === '80mm'} />, paper.language);
  const back = () => void navigate({ to: '/orders', search: (before) => before, resetScroll: !isWide });
  useShortcut('Escape', everyday('back'), back);
  const icon = { variant: 'subtle', color: 'gray', size: 'lg' } as const;
  return (
    <>
      <PageHeader
        title={order.order_number}
        under={
          seesKhata && order.customer !== null ? (
            <Link to="/customers/$customerId" params={{ customerId: order.customer_id }}>
              {order.customer_name}
            </Link>
          ) : (
            order.customer_name
          )
        }
        before={
          isWide ? null : (
            <ActionIcon {...icon} aria-label={everyday('back')} onClick={back}>
              <IconArrowLeft size={20} />
            </ActionIcon>
          )
        }
        actions={
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon {...icon} aria-label={everyday('print')}>
                <IconPrinter size={20} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => printIt('a5', 'slip')}>{words('printSlip')}</Menu.Item>
              <Menu.Item onClick={() => printIt('80mm', 'slip')}>{words('printNarrow')}</Menu.Item>
              <Menu.Item onClick={() => printIt('a4', 'estimate')}>{words('printEstimate')}</Menu.Item>
              <Menu.Divider />
              <PaperLanguageItems paper={paper} />
            </Menu.Dropdown>
          </Menu>
        }
      />
      {printed}
    </>
  );
}

function Items({ order }: { order: OrderDetailWire }) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  const rest = restOf(order);
  const sums = [
    { word: 'subtotal', amount: order.subtotal, shown: order.subtotal !== order.total_amount },
    { word: 'tax', amount: order.tax_amount, shown: order.tax_amount !== 0 },
    { word: 'discount', amount: -order.discount_amount, shown: order.discount_amount !== 0 },
  ] as const;
  return (
    <Sheet title={words('pieces')} className={styles.sheet}>
      <ul className={styles.items}>
        {order.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines of an order never change.
          <li key={index} className={styles.item}>
            <span className={styles.what}>
              {item.product_name}
              <span className="muted">
                {words('lineNote', {
                  quantity: item.quantity,
                  weight: decimals(item.weight, 3),
                  purity: goldPurity(item.gold_purity),
                })}
              </span>
            </span>
            <Money rupees={item.total_price} />
          </li>
        ))}
        {sums
          .filter(({ shown }) => shown)
          .map(({ word, amount }) => (
            <li key={word} className={styles.item}>
              <span className="muted">{words(word)}</span>
              <Money rupees={amount} />
            </li>
          ))}
        <li className={`${styles.item} ${styles.total}`}>
          <span>{words('total')}</span>
          <Money rupees={order.total_amount} />
        </li>
        {order.payments.map(({ method, amount, at }) => (
          <li key={`${at} ${method} ${amount}`} className={styles.item}>
            <span className="muted">
              {words('paidBy', { method: methodText(method, everyday), at: formatDateTime(at) })}
            </span>
            <Money rupees={amount} tone={method === 'khata' || amount < 0 ? 'out' : 'in'} />
          </li>
        ))}
        {rest > 0 && rest < order.total_amount ? (
          <li className={`${styles.item} ${styles.total}`}>
            <span>{words('stillToPay')}</span>
            <Money rupees={rest} />
          </li>
        ) : null}
      </ul>
    </Sheet>
  );
}

function Timeline({ order }: { order: OrderDetailWire }) {
  const words = useWords(orderWords);
  const everyday = useWords(everydayWords);
  return (
    <Sheet title={words('timeline')} className={styles.sheet}>
      <ol className={styles.timeline}>
        {order.status_history.toReversed().map(({ status, from, at, by }) => (
          <li key={`${status} ${at}`}>
            <span>{from === null ? words('taken') : everyday(status)}</span>
            <span className="muted">{words('byAt', { name: programName(by), at: formatDateTime(at) })}</span>
          </li>
        ))}
      </ol>
    </Sheet>
  );
}
