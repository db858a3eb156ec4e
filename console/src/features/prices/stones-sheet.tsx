// Stones: what they cost, as the shop recorded it. From fifty on, its own model of diamonds learns from these.

import { Button } from '@mantine/core';
import { IconDiamond } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { DiamondPriceWire } from '../../../../server/src/contract/price.ts';
import { useCan } from '../../api/use-session.ts';
import { decimals } from '../../format/number.ts';
import { Day, Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import styles from './prices.module.css';
import { StoneDialog } from './stone-dialog.tsx';
import { useStonePrices } from './stone-queries.ts';
import { priceWords } from './words/price-words.ts';

export function StonesSheet() {
  const words = useWords(priceWords);
  const maySet = useCan('prices.set');
  const query = useStonePrices();
  const columns = useStoneColumns();
  const [adding, setAdding] = useState(false);
  const add = maySet ? (
    <Button size="xs" variant="default" onClick={() => setAdding(true)}>
      {words('addStone')}
    </Button>
  ) : null;
  return (
    <Sheet title={words('stones')} link={query.data?.length ? add : null} className={styles.stones}>
      <QueryStates query={query}>
        {(stones) => (
          <DataTable
            label={words('stones')}
            rows={stones}
            columns={columns}
            rowKey={({ id }) => id}
            isSorted
            empty={
              <EmptyState
                icon={<IconDiamond size={28} stroke={1.5} aria-hidden="true" />}
                title={words('noStonesTitle')}
                text={words('noStonesText')}
                action={add}
              />
            }
          />
        )}
      </QueryStates>
      <StoneDialog opened={adding} onClose={() => setAdding(false)} />
    </Sheet>
  );
}

function useStoneColumns(): Column<DiamondPriceWire>[] {
  const words = useWords(priceWords);
  return useMemo(
    () => [
      {
        key: 'stone',
        header: words('stone'),
        cell: ({ carat }) => <span className="figures nowrap">{decimals(carat, 2)} ct</span>,
      },
      {
        key: 'grades',
        header: words('grades'),
        cell: ({ cut, color, clarity }) => `${cut}, ${color}, ${clarity}`,
        card: 'line',
      },
      { key: 'date', header: words('date'), cell: ({ date }) => <Day at={date} />, card: 'line-end' },
      {
        key: 'price',
        header: words('price'),
        align: 'end',
        cell: ({ price }) => <Money rupees={price} />,
        card: 'title-end',
      },
    ],
    [words],
  );
}
