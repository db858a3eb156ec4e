import type { BusyHoursWire } from '../../../../server/src/contract/metrics.ts';
import { formatHour, formatWeekday } from '../../format/date.ts';
import { formatNumber } from '../../format/number.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { rangeOf, useMetric } from './analytics-queries.ts';
import type { MetricProps } from './analytics-search.ts';
import { analyticsWords } from './words/analytics-words.ts';

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
/** A Monday, to have the weekdays' names in every language. */
const A_MONDAY = '2026-01-05';
const DAY_MS = 86_400_000;
/** The column of the weekdays, and an hour's with much room and with little. */
const WEEKDAY_PX = 96;
const HOUR_PX = 88;
const LEAST_PX = 44;
/** The fullest hour's share of gold: ink reads well on it in both themes. */
const MOST_GOLD = 40;

/** When people buy: orders and sales by weekday and hour. */
export function BusyHours({ search }: MetricProps) {
  const words = useWords(analyticsWords);
  const query = useMetric<BusyHoursWire>('busy-hours', rangeOf(search));
  return (
    <Sheet title={words('busy-hours')} note={words('ordersAndSales')}>
      <QueryStates query={query}>{({ hours }) => <HeatMap hours={hours} />}</QueryStates>
    </Sheet>
  );
}

function HeatMap({ hours }: { hours: BusyHoursWire['hours'] }) {
  const words = useWords(analyticsWords);
  const countOf = ({ booked_orders: orders, sales }: BusyHoursWire['hours'][number]) => orders + sales;
  const most = Math.max(...hours.map(countOf));
  if (most === 0) return <EmptyState title={words('nothingYet')} />;
  const busy = hours.filter((row) => countOf(row) > 0).map(({ hour }) => hour);
  const first = Math.min(...busy);
  const shown = Array.from({ length: Math.max(...busy) - first + 1 }, (_, index) => first + index);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard.
    <section className={styles.heat} aria-label={words('ordersAndSales')} tabIndex={0}>
      <table
        aria-label={words('busy-hours')}
        style={{
          maxWidth: WEEKDAY_PX + shown.length * HOUR_PX,
          minWidth: WEEKDAY_PX + shown.length * LEAST_PX,
        }}
      >
        <thead>
          <tr>
            <th scope="col">
              <span className="unseen">{words('weekday')}</span>
            </th>
            {shown.map((hour) => (
              <th key={hour} scope="col">
                {formatHour(hour)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday, index) => (
            <tr key={weekday}>
              <th scope="row">{formatWeekday(Date.parse(`${A_MONDAY}T06:00:00Z`) + index * DAY_MS)}</th>
              {shown.map((hour) => {
                const row = hours.find((each) => each.weekday === weekday && each.hour === hour);
                const count = row === undefined ? 0 : countOf(row);
                return (
                  <td
                    key={hour}
                    style={{
                      background: `color-mix(in srgb, var(--gold) ${Math.round((count / most) * MOST_GOLD)}%, var(--rail))`,
                    }}
                  >
                    {count === 0 ? '' : formatNumber(count)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
