// The day at a glance: what came in, what waits, what is due. Every figure leads to the list behind it.

import { Button } from '@mantine/core';
import { IconCashRegister, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { firstToRead } from '../../api/hold-reads.ts';
import { useCan } from '../../api/use-session.ts';
import { formatLongDate } from '../../format/date.ts';
import { MainAction } from '../../ui/layout/main-action.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { useMinute } from '../../ui/use-minute.ts';
import { useWords } from '../../words/say.ts';
import { BackupSheet } from './backup-sheet.tsx';
import { BookedDays } from './booked-days.tsx';
import { FirstSteps } from './first-steps.tsx';
import { GoldDays } from './gold-days.tsx';
import { RunningLow } from './running-low.tsx';
import styles from './today.module.css';
import { askForTiles } from './today-queries.ts';
import { TodayTiles } from './today-tiles.tsx';
import { WaitingOrders } from './waiting-orders.tsx';
import { todayWords } from './words/today-words.ts';

firstToRead(askForTiles);

export function TodayScreen() {
  const words = useWords(todayWords);
  const now = useMinute();
  const seesOrders = useCan('orders.read');
  const seesFigures = useCan('analytics.read');
  const seesJournal = useCan('journal.read');
  const takesOrders = useCan('orders.write');
  const sells = useCan('sales.write');
  const navigate = useNavigate();
  const isOwner = useCan('settings.write');
  return (
    <>
      <PageHeader
        title={words('title')}
        under={formatLongDate(now)}
        actions={
          <>
            {takesOrders ? (
              <Button
                variant="default"
                leftSection={<IconPlus size={18} aria-hidden="true" />}
                onClick={() => void navigate({ to: '/orders', search: { add: true } })}
              >
                {words('newOrder')}
              </Button>
            ) : null}
            {sells ? (
              <MainAction
                label={words('counterSale')}
                icon={IconCashRegister}
                onClick={() => void navigate({ to: '/sale' })}
              />
            ) : null}
          </>
        }
      />
      {isOwner ? <FirstSteps /> : null}
      <TodayTiles />
      <div className={styles.columns}>
        <div className={styles.column}>
          {seesFigures ? <BookedDays /> : null}
          {seesOrders ? <WaitingOrders /> : null}
        </div>
        <div className={styles.column}>
          <GoldDays />
          {seesFigures ? <RunningLow /> : null}
          {seesJournal ? <BackupSheet /> : null}
        </div>
      </div>
    </>
  );
}
