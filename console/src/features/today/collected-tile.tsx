import { Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { Money } from '../../ui/figures.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { methodText } from '../orders/order-money.ts';
import { Change } from './change.tsx';
import { TileText } from './tile.tsx';
import styles from './today.module.css';
import { useMoneyIn } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

/** `day`: the shop's, which both amounts and the day before them go by. */
export function CollectedTile({ day, now, before }: { day: string; now: number; before: number }) {
  const words = useWords(todayWords);
  return (
    <Popover position="bottom-start" width={340} trapFocus returnFocus shadow="sm">
      <Popover.Target>
        <button type="button" className={styles.tile}>
          <TileText
            label={
              <>
                {words('collected')}
                <IconChevronDown size={16} aria-hidden="true" />
              </>
            }
            figure={<Money rupees={now} short />}
            under={words('cameIn')}
            change={<Change now={now} before={before} />}
          />
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={words('moneyIn')}>
        <MoneyIn day={day} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the drawer is counted against in the evening. It is asked for while it is open alone. */
function MoneyIn({ day }: { day: string }) {
  const words = useWords(todayWords);
  const everyday = useWords(everydayWords);
  return (
    <>
      <b>{words('moneyIn')}</b>
      <QueryStates query={useMoneyIn(day)}>
        {({ methods, collected }) => (
          <dl className={styles.methods}>
            {methods.map(({ method, amount }) => (
              <div key={method}>
                <dt>{method === null ? words('notSaid') : methodText(method, everyday)}</dt>
                <dd>
                  <Money rupees={amount} tone={amount < 0 ? 'out' : 'plain'} />
                </dd>
              </div>
            ))}
            <div>
              <dt>{words(methods.length === 0 ? 'nothingIn' : 'total')}</dt>
              <dd>
                <Money rupees={collected} />
              </dd>
            </div>
          </dl>
        )}
      </QueryStates>
      <p className={styles.under}>{words('drawer')}</p>
    </>
  );
}
