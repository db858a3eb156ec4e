import { Button, Popover } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useState } from 'react';
import { formatDay, shopDay } from '../../format/date.ts';
import { Money } from '../../ui/figures.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useStep } from '../../ui/use-step.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { methodText } from '../orders/order-money.ts';
import { Change } from './change.tsx';
import { TileText } from './tile.tsx';
import styles from './today.module.css';
import { useMoneyIn } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

const DAY_MS = 86_400_000;

/** `day`: the shop's, which both amounts and the day before them go by. */
export function CollectedTile({ day, now, before }: { day: string; now: number; before: number }) {
  const words = useWords(todayWords);
  const { isOpen, open, close } = useStep('collected');
  return (
    <Popover
      opened={isOpen}
      onChange={close}
      position="bottom-start"
      width={340}
      trapFocus
      returnFocus
      shadow="sm"
      // A click beside it closes it and does no more: going back and on to a link at once would lose the way.
      withOverlay
      overlayProps={{ backgroundOpacity: 0, fixed: true }}
      clickOutsideEvents={['click']}
    >
      <Popover.Target>
        <button type="button" className={styles.tile} onClick={() => open()}>
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
        <MoneyIn today={day} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** What the drawer is counted against, in the evening or the morning after. It is asked for while it is open alone. */
function MoneyIn({ today }: { today: string }) {
  const words = useWords(todayWords);
  const everyday = useWords(everydayWords);
  const [isToday, setIsToday] = useState(true);
  const day = isToday ? today : shopDay(Date.parse(`${today}T00:00:00Z`) - DAY_MS);
  return (
    <>
      <div className={styles.moneyIn}>
        <div>
          <b>{words('moneyIn')}</b>
          <div className={styles.under} aria-live="polite">
            {words(isToday ? 'title' : 'yesterdayAlone')}, {formatDay(day)}
          </div>
        </div>
        <Button variant="default" flex="none" onClick={() => setIsToday(!isToday)}>
          {words(isToday ? 'yesterdayAlone' : 'title')}
        </Button>
      </div>
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
