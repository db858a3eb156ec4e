import { useMemo } from 'react';
import type { RevenueWire } from '../../../../server/src/contract/metrics.ts';
import { shopDay } from '../../format/date.ts';
import { formatRupees, formatRupeesShort } from '../../format/money.ts';
import { ChartSheet } from '../../ui/chart/chart-sheet.tsx';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import type { ChartData } from '../../ui/chart/series.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { useWords } from '../../words/say.ts';
import { DAYS_SHOWN, MEAN_DAYS, useDailyRevenue } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

export function BookedDays() {
  const words = useWords(todayWords);
  const query = useDailyRevenue();
  return (
    <QueryStates
      query={query}
      loading={<Sheet title={words('bookedDays')}>{<div style={{ height: 244 }} />}</Sheet>}
    >
      {(revenue) => <BookedChart revenue={revenue} />}
    </QueryStates>
  );
}

function BookedChart({ revenue }: { revenue: RevenueWire }) {
  const words = useWords(todayWords);
  const data = useMemo(
    () => bookedByDay(revenue, { booked: words('booked'), mean: words('sevenDayMean') }),
    [revenue, words],
  );
  if (revenue.totals.booked_orders === 0) {
    return (
      <Sheet title={words('bookedDays')}>
        <EmptyState title={words('noBookingsYet')} />
      </Sheet>
    );
  }
  return (
    <ChartSheet title={words('bookedDays')} note={words('lineIsMean')} data={data} format={formatRupees}>
      <DayChart
        {...data}
        label={words('bookedDays')}
        format={formatRupees}
        formatShort={shortOf}
        mark={{ day: shopDay(), word: words('todayWord') }}
      />
    </ChartSheet>
  );
}

/** The axis needs no rupee sign on every line. */
function shortOf(rupees: number): string {
  return formatRupeesShort(rupees).replace('₹', '');
}

function bookedByDay({ series }: RevenueWire, labels: { booked: string; mean: string }): ChartData {
  const booked = series.map((row) => row.booked);
  const means = booked.map((_, index) => {
    const window = booked.slice(Math.max(0, index - MEAN_DAYS + 1), index + 1);
    return Math.round(window.reduce((sum, value) => sum + value, 0) / window.length);
  });
  return {
    days: series.slice(-DAYS_SHOWN).map(({ date }) => date),
    series: [
      { kind: 'bar', label: labels.booked, values: booked.slice(-DAYS_SHOWN) },
      { kind: 'line', label: labels.mean, values: means.slice(-DAYS_SHOWN) },
    ],
  };
}
