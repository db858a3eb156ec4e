// The day's rates: what is in force, what the guard holds, and how each came to where it is.

import { Button } from '@mantine/core';
import { IconDeviceTv } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { shopDay } from '../../format/date.ts';
import { PageHeader } from '../../ui/layout/page.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useWords } from '../../words/say.ts';
import { reckonedRow } from './board-rows.ts';
import type { PriceSearch } from './price-search.ts';
import { SERIES, seriesKey } from './price-series.ts';
import styles from './prices.module.css';
import { RateHistory } from './rate-history.tsx';
import { type SeriesRates, useAllRates } from './rate-queries.ts';
import { RatesPending } from './rates-pending.tsx';
import { RatesSheet } from './rates-sheet.tsx';
import { SetRateDialog } from './set-rate-dialog.tsx';
import { StonesSheet } from './stones-sheet.tsx';
import { priceWords } from './words/price-words.ts';

const route = getRouteApi('/frame/prices');
const USUAL = 'gold-916';

export function PricesScreen() {
  const words = useWords(priceWords);
  const search = route.useSearch();
  const navigate = useNavigate({ from: '/prices' });
  const { rates, error, again } = useAllRates();
  const [setting, setSetting] = useState<SeriesRates | null>(null);
  const shown = SERIES.find((series) => seriesKey(series) === (search.of ?? USUAL)) ?? SERIES[2];
  const change = useChangeSearch<PriceSearch>();
  useShortcut('b', words('board'), () => void navigate({ to: '/prices/board' }));
  return (
    <>
      <PageHeader
        title={words('title')}
        under={words('under')}
        actions={
          <Button
            variant="default"
            component={Link}
            to="/prices/board"
            leftSection={<IconDeviceTv size={16} aria-hidden="true" />}
          >
            {words('board')}
          </Button>
        }
      />
      <div className={styles.columns}>
        {rates === undefined ? (
          <RatesPending error={error} again={again} />
        ) : (
          <RatesSheet rates={rates} onSet={setSetting} onShow={(of) => change({ of })} />
        )}
        {shown === undefined ? null : (
          <RateHistory
            key={seriesKey(shown)}
            series={shown}
            period={search.period ?? 'quarter'}
            onPeriod={(period) => change({ period })}
          />
        )}
      </div>
      <StonesSheet />
      <SetRateDialog
        rates={setting}
        // What the first rate of a purity can be compared with.
        reckoned={setting?.rate === null ? reckonedRow(setting, rates ?? [], shopDay) : null}
        onClose={() => setSetting(null)}
      />
    </>
  );
}
