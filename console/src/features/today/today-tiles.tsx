import { linkOptions } from '@tanstack/react-router';
import { useCan } from '../../api/use-session.ts';
import { formatRupeesShort } from '../../format/money.ts';
import { Money } from '../../ui/figures.tsx';
import { ErrorState } from '../../ui/states/states.tsx';
import { useWords } from '../../words/say.ts';
import { Change } from './change.tsx';
import { CollectedTile } from './collected-tile.tsx';
import { Tile, TileSkeleton } from './tile.tsx';
import styles from './today.module.css';
import { useKhataAgeing, useKhataSummary, useToday } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

const owing = linkOptions({ to: '/customers', search: { show: 'owes' } });

/** What was booked, billed and collected today, and what is due; whoever may not see figures sees the khata alone. */
export function TodayTiles() {
  const seesFigures = useCan('analytics.read');
  const seesKhata = useCan('khata.read');
  if (seesFigures) return <AllTiles />;
  return seesKhata ? <KhataTile /> : null;
}

function AllTiles() {
  const words = useWords(todayWords);
  const query = useToday();
  const ageing = useKhataAgeing();
  const { data } = query;
  if (query.isError && data === undefined)
    return <ErrorState error={query.error} again={() => void query.refetch()} />;
  if (data === undefined) {
    return (
      <div className={styles.tiles}>
        {['booked', 'billed', 'collected', 'due'].map((key) => (
          <TileSkeleton key={key} />
        ))}
      </div>
    );
  }
  const { today, yesterday, khata } = data;
  const over90 = ageing.data?.buckets.find(({ to_days: to }) => to === null)?.amount ?? 0;
  return (
    <div className={styles.tiles}>
      <Tile
        label={words('booked')}
        figure={<Money rupees={today.booked} short />}
        under={words('orders', { count: today.booked_orders })}
        change={<Change now={today.booked} before={yesterday.booked} />}
      />
      <Tile
        label={words('billed')}
        figure={<Money rupees={today.billed} short />}
        under={words('sales', { count: today.sales })}
        change={<Change now={today.billed} before={yesterday.billed} />}
      />
      <CollectedTile day={data.day} now={today.collected} before={yesterday.collected} />
      <Tile
        label={words('khataDue')}
        figure={<Money rupees={khata.due} short />}
        under={words('fromCustomers', { count: khata.debtors })}
        change={over90 > 0 ? words('overNinety', { amount: formatRupeesShort(over90) }) : null}
        link={owing}
      />
    </div>
  );
}

function KhataTile() {
  const words = useWords(todayWords);
  const { data } = useKhataSummary();
  return (
    <div className={styles.tiles}>
      {data === undefined ? (
        <TileSkeleton />
      ) : (
        <Tile
          label={words('khataDue')}
          figure={<Money rupees={data.total_outstanding} short />}
          under={words('fromCustomers', { count: data.debtors })}
          link={owing}
        />
      )}
    </div>
  );
}
