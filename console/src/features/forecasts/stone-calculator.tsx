// What a stone may cost: sliders and grades, the range, why this price, and the nearest known stones.

import { Select, Slider } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDiamond } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { decimals, formatNumber } from '../../format/number.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useWords } from '../../words/say.ts';
import { usePredictionStatus, useStonePrice } from './forecast-queries.ts';
import { CLARITIES, COLORS, CUTS, type StoneSearch } from './forecast-search.ts';
import styles from './forecasts.module.css';
import { SeveralStones } from './several-stones.tsx';
import { StonePrice } from './stone-price.tsx';
import { forecastWords } from './words/forecast-words.ts';

const route = getRouteApi('/frame/forecasts/diamonds');
const USUAL = { carat: 1, cut: 'Ideal', color: 'G', clarity: 'VS2' } as const;
const SMALLEST = 0.2;
const LARGEST = 5;
const MARKS = [0.5, 1, 2, 3, 4];
const DRAG_MS = 120;

export function StoneCalculator() {
  const words = useWords(forecastWords);
  const query = usePredictionStatus();
  return (
    <QueryStates query={query}>
      {({ diamond_model: model }) =>
        model.trained ? (
          <Calculator />
        ) : (
          <EmptyState
            icon={<IconDiamond size={28} stroke={1.5} aria-hidden="true" />}
            title={words('notTrainedTitle')}
            text={words('stonesNotTrainedText')}
          />
        )
      }
    </QueryStates>
  );
}

function Calculator() {
  const words = useWords(forecastWords);
  const search = route.useSearch();
  const [carat, setCarat] = useState<number>(search.carat ?? USUAL.carat);
  const [asked] = useDebouncedValue(carat, DRAG_MS);
  const change = useChangeSearch<StoneSearch>();
  const stone = {
    carat: asked,
    cut: search.cut ?? USUAL.cut,
    color: search.color ?? USUAL.color,
    clarity: search.clarity ?? USUAL.clarity,
  };
  const query = useStonePrice(stone);
  const grades = [
    { name: 'cut', list: CUTS, value: stone.cut },
    { name: 'color', list: COLORS, value: stone.color },
    { name: 'clarity', list: CLARITIES, value: stone.clarity },
  ] as const;
  return (
    <>
      <div className={styles.pair}>
        <Sheet title={words('stone')}>
          <div className={styles.inside}>
            <div>
              <span id="carat-label">
                {words('carat')}: <b className="figures">{decimals(carat, 2)}</b>
              </span>
              <Slider
                className={styles.slider ?? ''}
                aria-labelledby="carat-label"
                thumbLabel={words('carat')}
                label={null}
                min={SMALLEST}
                max={LARGEST}
                step={0.01}
                marks={MARKS.map((value) => ({ value, label: formatNumber(value) }))}
                value={carat}
                onChange={setCarat}
                onChangeEnd={(value) => change({ carat: value })}
              />
            </div>
            {grades.map(({ name, list, value }) => (
              <Select
                key={name}
                label={words(name)}
                allowDeselect={false}
                data={[...list]}
                value={value}
                onChange={(next) => change({ [name]: next ?? undefined })}
              />
            ))}
          </div>
        </Sheet>
        <QueryStates query={query}>{(price) => <StonePrice price={price} />}</QueryStates>
      </div>
      <SeveralStones stone={stone} />
    </>
  );
}
