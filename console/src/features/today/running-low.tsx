import { IconDiamond } from '@tabler/icons-react';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import styles from './today.module.css';
import { useStockAlerts } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

const SHOWN = 6;

/** Published pieces that are nearly or quite gone: sold out first, then the fewest. */
export function RunningLow() {
  const words = useWords(todayWords);
  const query = useStockAlerts();
  return (
    <Sheet title={words('runningLow')}>
      <QueryStates query={query}>
        {({ low_stock_products: low, out_of_stock_products: out }) => {
          const fewest = low.toSorted((one, two) => one.stock_quantity - two.stock_quantity);
          const pieces = [...out.map((piece) => ({ ...piece, stock_quantity: 0 })), ...fewest].slice(
            0,
            SHOWN,
          );
          if (pieces.length === 0) return <p className={styles.text}>{words('nothingLow')}</p>;
          return pieces.map(({ id, name, stock_quantity: count }) => (
            <div key={id} className={styles.row}>
              <span>
                <IconDiamond size={16} stroke={1.6} aria-hidden="true" /> {name}
              </span>
              <span className={`nowrap ${count === 0 ? 'out' : 'muted'}`}>
                {count === 0 ? words('soldOut') : words('left', { count })}
              </span>
            </div>
          ));
        }}
      </QueryStates>
    </Sheet>
  );
}
