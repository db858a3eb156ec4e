import styles from './chart.module.css';
import { bandPath, linePath } from './scale.ts';
import type { ChartData, Series } from './series.ts';

interface ChartMarksProps extends ChartData {
  x: (index: number) => number;
  y: (figure: number) => number;
  step: number;
  /** The day whose bar is gold. */
  mark: string | undefined;
  /** The pointed day. */
  at: number | null;
  plot: { top: number; bottom: number };
}

const BAR_SHARE = 0.78;
const WIDEST_BAR = 28;

/** The drawing itself: bands under bars under lines, in the order given. */
export function ChartMarks({ days, series, x, y, step, mark, at, plot }: ChartMarksProps) {
  const marked = mark === undefined ? -1 : days.indexOf(mark);
  const hasBars = series.some(({ kind }) => kind === 'bar');
  return (
    <>
      {marked === -1 || hasBars ? null : (
        <line x1={x(marked)} x2={x(marked)} y1={plot.top} y2={plot.bottom} className={styles.today} />
      )}
      {at === null ? null : (
        <line x1={x(at)} x2={x(at)} y1={plot.top} y2={plot.bottom} className={styles.pointed} />
      )}
      {series.map((each) => (
        <Mark key={each.label} series={each} x={x} y={y} step={step} marked={marked} />
      ))}
    </>
  );
}

interface MarkProps extends Pick<ChartMarksProps, 'x' | 'y' | 'step'> {
  series: Series;
  marked: number;
}

function Mark({ series, x, y, step, marked }: MarkProps) {
  if (!('values' in series)) {
    const points = series.lows.map((low, index) => {
      const high = series.highs[index] ?? null;
      return low === null || high === null ? null : ([x(index), y(low), y(high)] as const);
    });
    return <path d={bandPath(points)} className={styles[series.kind]} />;
  }
  if (series.kind === 'bar') {
    const width = Math.min(step * BAR_SHARE, WIDEST_BAR);
    return series.values.map((value, index) =>
      value === null || value === 0 ? null : (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is its day.
          key={index}
          x={x(index) - width / 2}
          y={Math.min(y(value), y(0))}
          width={width}
          height={Math.abs(y(0) - y(value))}
          rx={2}
          className={index === marked ? styles.barMarked : styles.bar}
        />
      ),
    );
  }
  const points = series.values.map((value, index) =>
    value === null ? null : ([x(index), y(value)] as const),
  );
  return <path d={linePath(points)} className={styles[series.kind]} />;
}
