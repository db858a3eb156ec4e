import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { PriceFan, Trends } from '../../../../server/src/contract/prediction.ts';
import { shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { DayChart } from '../../ui/chart/day-chart.tsx';
import type { ChartData } from '../../ui/chart/series.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { fanData } from '../forecasts/fan-data.ts';
import { useFan, usePredictionStatus } from '../forecasts/forecast-queries.ts';
import styles from './today.module.css';
import { useGoldDays } from './today-queries.ts';
import { todayWords } from './words/today-words.ts';

const PURITY = '916';
const AHEAD_DAYS = 30;

/** The way of the board rate, small, and the range of the next 30 days where there is a model. */
export function GoldDays() {
  const words = useWords(todayWords);
  const query = useGoldDays();
  const { data: status } = usePredictionStatus();
  const { data: fan } = useFan(PURITY, AHEAD_DAYS, status?.gold_model.trained === true);
  const hasWay = (query.data?.prices.length ?? 0) >= 2;
  return (
    <Sheet
      title={words(fan === undefined || !hasWay ? 'goldDays' : 'goldAhead')}
      link={<Link to="/forecasts">{words('forecasts')}</Link>}
    >
      <QueryStates query={query} loading={<div style={{ height: 160 }} />}>
        {(trends) =>
          hasWay ? <GoldWay trends={trends} fan={fan} /> : <p className={styles.text}>{words('noRate')}</p>
        }
      </QueryStates>
    </Sheet>
  );
}

function GoldWay({ trends, fan }: { trends: Trends; fan: PriceFan | undefined }) {
  const words = useWords(todayWords);
  const { prices, statistics } = trends;
  const data = useMemo<ChartData>(() => {
    const past = words('goldPrice');
    if (fan === undefined) {
      const values = prices.map(({ price_per_gram: price }) => price);
      return {
        days: prices.map(({ date }) => shopDay(date)),
        series: [{ kind: 'line', label: past, values }],
      };
    }
    return fanData({ prices }, fan, {
      past,
      median: words('goldMiddle'),
      in8: words('in8'),
      in9: words('in9'),
    });
  }, [prices, fan, words]);
  const range = fan === undefined ? null : rangeOf(fan);
  return (
    <div className={styles.text}>
      <DayChart
        {...data}
        bare
        height={110}
        fromZero={false}
        label={words(fan === undefined ? 'goldDays' : 'goldAhead')}
        format={formatRupees}
        formatShort={formatRupees}
      />
      {range === null ? null : (
        <p>
          {words.rich('goldRange', {
            low: <b>{formatRupees(range.low, { paise: false })}</b>,
            high: <b>{formatRupees(range.high, { paise: false })}</b>,
          })}
        </p>
      )}
      <p className="muted">{words('goldChange', { percent: signed(statistics.change_percent ?? 0) })}</p>
    </div>
  );
}

/** The range of the last day that holds in 8 of 10 cases. */
function rangeOf({ days, levels }: PriceFan): { low: number; high: number } | null {
  const quantiles = days.at(-1)?.quantiles;
  const at = (level: number) => quantiles?.[levels.findIndex((each) => Math.abs(each - level) < 1e-9)];
  const [low, high] = [at(0.1), at(0.9)];
  return low === undefined || high === undefined ? null : { low, high };
}

function signed(percent: number): string {
  return `${percent < 0 ? '−' : '+'}${formatPercent(Math.abs(percent))}`;
}
