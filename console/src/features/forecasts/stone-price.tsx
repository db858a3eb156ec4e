import { useMemo } from 'react';
import type { DiamondPredictionWire } from '../../../../server/src/contract/stone-prediction.ts';
import { formatRupees } from '../../format/money.ts';
import { decimals, formatPercent } from '../../format/number.ts';
import { Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import styles from './forecasts.module.css';
import { forecastWords } from './words/forecast-words.ts';

type Explanation = NonNullable<DiamondPredictionWire['explanation']>;
type Nearest = Explanation['nearest_stones'][number];
const whole = (rupees: number) => formatRupees(rupees, { paise: false });

/** The price with its range, what makes it, and stones like it that were really sold. */
export function StonePrice({ price }: { price: DiamondPredictionWire }) {
  const words = useWords(forecastWords);
  const { range_90: range, explanation, rupees } = price;
  return (
    <div style={{ display: 'grid', gap: 16 }}>
      <Sheet
        title={words('mayCost')}
        note={words('accuracy', { percent: formatPercent(price.model_accuracy * 100) })}
      >
        <div className={styles.inside}>
          <div>
            <div className={styles.price}>{whole(price.predicted_price)}</div>
            <div>{words('in9Between', { low: whole(range.lower), high: whole(range.upper) })}</div>
            {price.extrapolated ? <div className="out">{words('extrapolated')}</div> : null}
          </div>
          {explanation === undefined ? null : <Why explanation={explanation} />}
          <p className="muted">
            {rupees.source === 'shop_prices'
              ? words('rupeesShop')
              : words(rupees.source === 'own_stones' ? 'rupeesOwn' : 'rupeesDollars', {
                  dollars: decimals(rupees.dollars ?? 0, 0),
                  rate: decimals(rupees.rupees_per_dollar ?? 0, 2),
                  factor: decimals(rupees.market_factor ?? 1, 2, 4),
                  count: rupees.own_stones,
                })}
          </p>
        </div>
      </Sheet>
      {explanation === undefined ? null : <NearestStones stones={explanation.nearest_stones} />}
    </div>
  );
}

function Why({ explanation }: { explanation: Explanation }) {
  const words = useWords(forecastWords);
  const { reference } = explanation;
  return (
    <div>
      <b>{words('why')}</b>
      <dl className={styles.facts}>
        <dt>
          {words('referenceStone', {
            carat: decimals(reference.carat, 2),
            grades: `${reference.cut}, ${reference.color}, ${reference.clarity}`,
          })}
        </dt>
        <dd>
          <Money rupees={reference.predicted_price} paise={false} />
        </dd>
        {explanation.contributions.map(({ feature, rupees }) => (
          <FactRow
            key={feature}
            word={words(feature === 'measures' ? 'measures' : feature)}
            rupees={rupees}
          />
        ))}
      </dl>
    </div>
  );
}

function FactRow({ word, rupees }: { word: string; rupees: number }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>
        <Money rupees={rupees} paise={false} signed />
      </dd>
    </>
  );
}

function NearestStones({ stones }: { stones: readonly Nearest[] }) {
  const words = useWords(forecastWords);
  const columns = useMemo<Column<Nearest>[]>(
    () => [
      {
        key: 'stone',
        header: words('stone'),
        cell: ({ carat, cut, color, clarity }) => `${decimals(carat, 2)} · ${cut} · ${color} · ${clarity}`,
      },
      {
        key: 'source',
        header: words('source'),
        cell: ({ source }) => words(source === 'shop' ? 'fromShop' : 'fromOpen'),
        card: 'line',
      },
      {
        key: 'price',
        header: words('price'),
        align: 'end',
        cell: ({ price }) => <Money rupees={price} paise={false} />,
        card: 'title-end',
      },
    ],
    [words],
  );
  return (
    <Sheet title={words('nearest')}>
      <DataTable
        label={words('nearest')}
        rows={stones}
        columns={columns}
        rowKey={(stone) => JSON.stringify(stone)}
        isSorted
        empty={<EmptyState title={words('noneNear')} />}
      />
    </Sheet>
  );
}
