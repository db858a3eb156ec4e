import { formatRupees, formatRupeesShort } from '../../format/money.ts';
import { ChartSheet } from '../../ui/chart/chart-sheet.tsx';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import { type ChartData, figuresOf, type Series } from '../../ui/chart/series.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { useWords } from '../../words/say.ts';
import { analyticsWords } from './words/analytics-words.ts';

interface PeriodChartProps {
  title: string;
  days: readonly string[];
  series: readonly Series[];
  /** In full; rupees unless another is given. */
  format?: (figure: number) => string;
  formatShort?: (figure: number) => string;
}

/** One figure over time on its sheet, with its table and its file. */
export function PeriodChart(props: PeriodChartProps) {
  const { title, days, series, format = formatRupees, formatShort = shortOf } = props;
  const words = useWords(analyticsWords);
  const data: ChartData = { days, series };
  if (figuresOf(series).every((figure) => figure === 0)) {
    return (
      <Sheet title={title}>
        <EmptyState title={words('nothingYet')} />
      </Sheet>
    );
  }
  return (
    <ChartSheet title={title} data={data} format={format}>
      <DayChart {...data} label={title} format={format} formatShort={formatShort} />
    </ChartSheet>
  );
}

/** The axis needs no rupee sign on every line. */
function shortOf(rupees: number): string {
  return formatRupeesShort(rupees).replace('₹', '');
}

/** What was before, drawn day by day under what is now; null where it is shorter. */
export function beside<R>(
  rows: readonly R[],
  before: readonly R[] | undefined,
  label: string,
  figure: (row: R) => number,
): Series[] {
  if (before === undefined) return [];
  const values = rows.map((_, index) => {
    const row = before[index];
    return row === undefined ? null : figure(row);
  });
  return [{ kind: 'dashed', label, values }];
}
