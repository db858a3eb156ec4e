// Prices of many stones at once: written or pasted one a line; a line that says no stone is named before anything is asked.

import { Button, Textarea } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { formatRupees } from '../../format/money.ts';
import { decimals } from '../../format/number.ts';
import { Money } from '../../ui/figures.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { type PricedStone, priceStones, type Stone } from './forecast-queries.ts';
import styles from './forecasts.module.css';
import { readStones } from './read-stones.ts';
import { forecastWords } from './words/forecast-words.ts';

const MOST = 1_000;

/** `stone`: the one of the calculator, which can be added to the list. */
export function SeveralStones({ stone }: { stone: Stone }) {
  const words = useWords(forecastWords);
  const [priced, setPriced] = useState<readonly PricedStone[]>([]);
  const state = useShopForm({
    initial: { stones: '' },
    draft: 'forecast.stones',
    check: ({ stones }) => {
      const written = readStones(stones);
      const wrong = written.filter((one) => one.stone === null).map(({ line }) => line);
      if (wrong.length > 0) return { stones: words('wrongLines', { lines: wrong.join(', ') }) };
      if (written.length === 0) return { stones: words('noStones') };
      return { stones: written.length > MOST ? words('tooManyStones', { count: MOST }) : null };
    },
    send: async ({ stones }) => setPriced(await priceStones(readStones(stones))),
  });
  const { form } = state;
  const add = () => {
    const line = `${stone.carat} ${stone.cut} ${stone.color} ${stone.clarity}`;
    const before = form.getValues().stones.trimEnd();
    form.setFieldValue('stones', before === '' ? line : `${before}\n${line}`);
  };
  return (
    <Sheet title={words('severalStones')} className={styles.below}>
      <div className={styles.inside}>
        <ShopForm state={state} action={words('priceStones')}>
          <Textarea
            label={words('oneALine')}
            description={words('oneALineHint')}
            autosize
            minRows={3}
            maxRows={12}
            {...form.getInputProps('stones')}
          />
          <Button
            style={{ alignSelf: 'start' }}
            variant="default"
            leftSection={<IconPlus size={16} stroke={1.7} aria-hidden="true" />}
            onClick={add}
          >
            {words('addStone', { carat: decimals(stone.carat, 2) })}
          </Button>
        </ShopForm>
      </div>
      {priced.length === 0 ? null : <PricedStones stones={priced} />}
    </Sheet>
  );
}

function PricedStones({ stones }: { stones: readonly PricedStone[] }) {
  const words = useWords(forecastWords);
  const columns = useMemo<Column<PricedStone>[]>(
    () => [
      { key: 'stone', header: words('stone'), cell: ({ text }) => text },
      {
        key: 'range',
        header: words('in9'),
        align: 'end',
        cell: ({ range }) => (range === null ? '' : `${whole(range.lower)} – ${whole(range.upper)}`),
        card: 'line',
      },
      {
        key: 'price',
        header: words('price'),
        align: 'end',
        cell: ({ price, reason }) =>
          price === null ? <span className="out">{reason}</span> : <Money rupees={price} paise={false} />,
        card: 'title-end',
      },
    ],
    [words],
  );
  const prices = stones.flatMap(({ price }) => price ?? []);
  const sum = prices.reduce((all, price) => all + price, 0);
  return (
    <>
      <p className={styles.sum} role="status">
        {words('stonesTogether', { count: prices.length, sum: whole(sum) })}
      </p>
      <DataTable
        label={words('severalStones')}
        rows={stones}
        columns={columns}
        rowKey={({ line }) => String(line)}
        isSorted
        empty={<EmptyState title={words('noneNear')} />}
      />
    </>
  );
}

function whole(rupees: number): string {
  return formatRupees(rupees, { paise: false });
}
