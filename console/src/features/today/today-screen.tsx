// The day at a glance: what waits, what is due, the rate. Every figure leads to the list behind it.

import { Skeleton } from '@mantine/core';
import { Link, linkOptions } from '@tanstack/react-router';
import { useCan } from '../../api/use-session.ts';
import { formatLongDate } from '../../format/date.ts';
import { formatRupeesShort } from '../../format/money.ts';
import { Age, Money } from '../../ui/figures.tsx';
import { PageHeader, Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { useBoardRate } from '../prices/price-queries.ts';
import { Tile } from './tile.tsx';
import styles from './today.module.css';
import { useKhataSummary, useWaitingOrders } from './today-queries.ts';
import { WaitingOrders } from './waiting-orders.tsx';
import { todayWords } from './words/today-words.ts';

const owing = linkOptions({ to: '/customers', search: { show: 'owes' } });

export function TodayScreen() {
  const words = useWords(todayWords);
  const seesKhata = useCan('khata.read');
  const seesOrders = useCan('orders.read');
  return (
    <>
      <PageHeader title={words('title')} under={formatLongDate(Date.now())} />
      <div className={styles.tiles}>
        <RateTile />
        {seesOrders ? <WaitingTile /> : null}
        {seesKhata ? <KhataTile /> : null}
      </div>
      <div className={styles.columns}>
        <div className={styles.column}>{seesOrders ? <WaitingOrders /> : null}</div>
        <div className={styles.column}>{seesKhata ? <OwedMost /> : null}</div>
      </div>
    </>
  );
}

function RateTile() {
  const words = useWords(todayWords);
  const { data: rate, isPending } = useBoardRate();
  if (isPending) return <Skeleton height={118} />;
  return (
    <Tile
      label={words('boardRate')}
      figure={rate ? <Money rupees={rate.price_per_gram} /> : '—'}
      under={rate ? words.rich('rateAge', { age: <Age at={rate.date} /> }) : words('noRate')}
    />
  );
}

function WaitingTile() {
  const words = useWords(todayWords);
  const { data } = useWaitingOrders();
  if (data === undefined) return <Skeleton height={118} />;
  const worth = data.orders.reduce((sum, { total_amount: total }) => sum + total, 0);
  return (
    <Tile
      label={words('ordersWaiting')}
      figure={data.total}
      under={
        data.total === 0 ? words('noneWaiting') : words('waitingWorth', { amount: formatRupeesShort(worth) })
      }
    />
  );
}

function KhataTile() {
  const words = useWords(todayWords);
  const { data } = useKhataSummary();
  if (data === undefined) return <Skeleton height={118} />;
  return (
    <Tile
      label={words('khataDue')}
      figure={<Money rupees={data.total_outstanding} short />}
      under={words('fromCustomers', { count: data.customers_with_balance })}
      link={owing}
    />
  );
}

function OwedMost() {
  const words = useWords(todayWords);
  const summary = useKhataSummary();
  return (
    <Sheet title={words('owedMost')} link={<Link {...owing}>{words('allKhata')}</Link>}>
      <QueryStates query={summary}>
        {({ top_debtors: debtors }) =>
          debtors.length === 0 ? (
            <p className={styles.row}>{words('nobodyOwes')}</p>
          ) : (
            debtors.slice(0, 5).map(({ id, name, balance }) => (
              <Link key={id} to="/customers/$customerId" params={{ customerId: id }} className={styles.row}>
                <span>{name}</span>
                <Money rupees={balance} />
              </Link>
            ))
          )
        }
      </QueryStates>
    </Sheet>
  );
}
