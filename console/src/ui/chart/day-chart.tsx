// Figures by day, drawn as SVG in the shop's colours: bars from zero, lines, bands. The pointed day shows its exact
// figures; the arrow keys walk through the days.

import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useMemo, useState } from 'react';
import { formatDate, formatDay } from '../../format/date.ts';
import styles from './chart.module.css';
import { ChartMarks } from './chart-marks.tsx';
import { niceScale } from './scale.ts';
import { type ChartData, figuresOf } from './series.ts';

interface DayChartProps extends ChartData {
  /** What the chart shows, for whoever does not see it. */
  label: string;
  height?: number;
  /** Off for prices, whose level matters more than their size. */
  fromZero?: boolean;
  /** A figure in full, and the same at the axis, short. */
  format: (figure: number) => string;
  formatShort: (figure: number) => string;
  /** The last day that is known; drawn in gold, with this word under it. */
  mark?: { day: string; word: string } | undefined;
  /** Without axes, for a small place. */
  bare?: boolean;
}

const GAP_ABOVE = 8;
const AXIS_BELOW = 22;
const CHAR_PX = 7.8;

export function DayChart(props: DayChartProps) {
  const {
    days,
    series,
    label,
    height = 220,
    fromZero = true,
    format,
    formatShort,
    mark,
    bare = false,
  } = props;
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const scale = useMemo(() => niceScale(figuresOf(series), fromZero), [series, fromZero]);
  const longest = Math.max(...scale.ticks.map((tick) => formatShort(tick).length));
  const left = bare ? 0 : Math.ceil(longest * CHAR_PX) + 8;
  const plot = {
    left,
    right: width,
    top: GAP_ABOVE,
    bottom: height - (bare ? GAP_ABOVE : AXIS_BELOW),
  };
  const step = (plot.right - plot.left) / Math.max(days.length, 1);
  const x = (index: number) => plot.left + (index + 0.5) * step;
  const y = (figure: number) =>
    plot.bottom - ((figure - scale.low) / (scale.high - scale.low)) * (plot.bottom - plot.top);

  function point(event: PointerEvent<HTMLDivElement>): void {
    const inside = event.clientX - event.currentTarget.getBoundingClientRect().left - plot.left;
    setAt(Math.min(Math.max(Math.floor(inside / step), 0), days.length - 1));
  }
  function walk(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setAt(Math.min(Math.max((at ?? days.length) + by, 0), days.length - 1));
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of drawn figures; a fieldset would be one of form controls.
    <div
      ref={ref}
      className={styles.chart}
      style={{ height }}
      role="group"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys walk through the days.
      tabIndex={0}
      onPointerMove={point}
      onPointerLeave={() => setAt(null)}
      onBlur={() => setAt(null)}
      onKeyDown={walk}
    >
      {width === 0 ? null : (
        <svg width={width} height={height} aria-hidden="true">
          {bare
            ? null
            : scale.ticks.map((tick) => (
                <g key={tick}>
                  <line x1={plot.left} x2={plot.right} y1={y(tick)} y2={y(tick)} className={styles.grid} />
                  <text x={plot.left - 8} y={y(tick)} dy="0.35em" className={styles.tick} textAnchor="end">
                    {formatShort(tick)}
                  </text>
                </g>
              ))}
          <ChartMarks
            days={days}
            series={series}
            x={x}
            y={y}
            step={step}
            mark={mark?.day}
            at={at}
            plot={plot}
          />
          {bare ? null : <DayAxis days={days} x={x} at={height - 4} width={width} mark={mark} />}
        </svg>
      )}
      {at === null ? null : <Figures {...props} at={at} x={x(at)} width={width} format={format} />}
    </div>
  );
}

interface DayAxisProps {
  days: readonly string[];
  x: (index: number) => number;
  at: number;
  width: number;
  mark: DayChartProps['mark'];
}

/** The first day, the last one, one between; and the marked one, which wins over its neighbours. */
function DayAxis({ days, x, at, width, mark }: DayAxisProps) {
  const marked = mark === undefined ? -1 : days.indexOf(mark.day);
  const wanted = [0, Math.floor(days.length / 2), days.length - 1].filter(
    (index) => marked === -1 || index === marked || Math.abs(x(index) - x(marked)) > 80,
  );
  const shown = [...new Set(marked === -1 ? wanted : [...wanted, marked])];
  const anchorAt = (px: number) => {
    if (px < 60) return 'start';
    return px > width - 60 ? 'end' : 'middle';
  };
  return shown.map((index) => {
    const day = days[index];
    if (day === undefined) return null;
    return (
      <text key={index} x={x(index)} y={at} className={styles.tick} textAnchor={anchorAt(x(index))}>
        {index === marked ? mark?.word : formatDay(day)}
      </text>
    );
  });
}

type FiguresProps = DayChartProps & { at: number; x: number; width: number };

function Figures({ days, series, at, x, width, format }: FiguresProps) {
  const side = x > width / 2 ? { right: width - x + 12 } : { left: x + 12 };
  const day = days[at];
  return (
    <div className={styles.figures} style={side} role="status">
      <div>{day === undefined ? null : formatDate(day)}</div>
      {series.map((each) => {
        const text = figureText(each, at, format);
        return text === null ? null : (
          <div key={each.label} className={styles.figure}>
            <span>{each.label}</span> <b>{text}</b>
          </div>
        );
      })}
    </div>
  );
}

function figureText(
  series: ChartData['series'][number],
  at: number,
  format: (figure: number) => string,
): string | null {
  if ('values' in series) {
    const value = series.values[at] ?? null;
    return value === null ? null : format(value);
  }
  const [low, high] = [series.lows[at] ?? null, series.highs[at] ?? null];
  return low === null || high === null ? null : `${format(low)} – ${format(high)}`;
}
