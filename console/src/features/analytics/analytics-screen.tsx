// Every metric of docs/metrics.md, as a picture and a table, beside the days before or the year before.

import { Select } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { useCan } from '../../api/use-session.ts';
import { formatDate } from '../../format/date.ts';
import { Filters } from '../../ui/filter/filters.tsx';
import { DayField } from '../../ui/form/day-field.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { Parts } from '../../ui/layout/parts.tsx';
import { PageNotAllowed } from '../../ui/states/states.tsx';
import { useChangeSearch } from '../../ui/use-change-search.ts';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { rangeOf } from './analytics-queries.ts';
import {
  type AnalyticsSearch,
  COMPARISONS,
  METRICS,
  type MetricName,
  type MetricProps,
  PERIODS,
} from './analytics-search.ts';
import { BusyHours } from './busy-hours.tsx';
import { Buyers } from './buyers.tsx';
import { Conversion } from './conversion.tsx';
import { Gold } from './gold.tsx';
import { KhataAgeing } from './khata-ageing.tsx';
import { OrderValue } from './order-value.tsx';
import { Revenue } from './revenue.tsx';
import { StockAgeing } from './stock-ageing.tsx';
import { TopProducts } from './top-products.tsx';
import { analyticsWords } from './words/analytics-words.ts';

const SHOWN: Record<MetricName, ComponentType<MetricProps>> = {
  revenue: Revenue,
  'order-value': OrderValue,
  conversion: Conversion,
  'top-products': TopProducts,
  customers: Buyers,
  'busy-hours': BusyHours,
  'khata-ageing': KhataAgeing,
  'stock-ageing': StockAgeing,
  gold: Gold,
};
/** What stands at this moment has no period; what has none to set beside has no comparison. */
const OF_NOW: readonly MetricName[] = ['customers', 'khata-ageing', 'stock-ageing'];
const COMPARED: readonly MetricName[] = ['revenue', 'order-value', 'gold'];

const route = getRouteApi('/frame/analytics');

export function AnalyticsScreen() {
  const words = useWords(analyticsWords);
  const search = route.useSearch();
  const change = useChangeSearch<AnalyticsSearch>();
  if (!useCan('analytics.read')) return <PageNotAllowed />;
  const metric = search.metric ?? 'revenue';
  const Metric = SHOWN[metric];
  const { from, to } = rangeOf(search);
  return (
    <>
      <PageHeader
        title={words('title')}
        under={OF_NOW.includes(metric) ? words('now') : `${formatDate(from)} – ${formatDate(to)}`}
      />
      <Parts label={words('metrics')}>
        {METRICS.map((name) => (
          <Link
            key={name}
            to="/analytics"
            search={(before: AnalyticsSearch) => ({ ...before, metric: name, by: undefined })}
            aria-current={name === metric ? 'page' : undefined}
          >
            {words(name)}
          </Link>
        ))}
      </Parts>
      {OF_NOW.includes(metric) ? null : (
        <Period search={search} change={change} compares={COMPARED.includes(metric)} />
      )}
      <Metric search={search} change={change} />
      <p className={styles.defined}>{words(`about-${metric}`)}</p>
    </>
  );
}

function Period({ search, change, compares }: MetricProps & { compares: boolean }) {
  const words = useWords(analyticsWords);
  const { from, to } = rangeOf(search);
  const isOwn = search.from !== undefined && search.to !== undefined;
  return (
    <Filters>
      <Select
        aria-label={words('period')}
        allowDeselect={false}
        data={[
          ...PERIODS.map((days) => ({ value: String(days), label: words('lastDays', { count: days }) })),
          { value: 'own', label: words('ownPeriod') },
        ]}
        value={isOwn ? 'own' : String(search.days ?? 30)}
        onChange={(value) =>
          change(value === 'own' ? { from, to } : { days: Number(value), from: undefined, to: undefined })
        }
      />
      {isOwn ? (
        <>
          <DayField label={words('from')} value={from} max={to} onChange={(day) => change({ from: day })} />
          <DayField label={words('to')} value={to} min={from} onChange={(day) => change({ to: day })} />
        </>
      ) : null}
      {compares ? (
        <Select
          aria-label={words('compare')}
          placeholder={words('noComparison')}
          clearable
          data={COMPARISONS.map((value) => ({ value, label: words(value) }))}
          value={search.compare ?? null}
          onChange={(value) => change({ compare: (value ?? undefined) as 'previous' | undefined })}
        />
      ) : null}
    </Filters>
  );
}
