import { ConversionQuery, ConversionWire } from '../../contract/metrics.ts';
import type { Cohort, Conversion } from '../../domain/analytics.ts';
import { type DayRange, type Interval, instantsOf, periodsOf } from '../../domain/period.ts';
import type { Route } from '../../http/route.ts';
import { type ComparedRange, compared, type Desk, metricRoute, readComparedRange } from './metric-route.ts';
import { readInterval } from './metrics-input.ts';
import { ratePercent } from './rate-percent.ts';
import { toDates } from './revenue.ts';

const example: ConversionWire = {
  from: '2026-01-12',
  to: '2026-01-18',
  interval: 'week',
  series: [
    {
      date: '2026-01-12',
      until: '2026-01-18',
      customers: 3,
      customers_with_orders: 1,
      conversion_rate: 33.33,
    },
  ],
  cohorts: [
    {
      date: '2026-01-12',
      until: '2026-01-18',
      new_customers: 2,
      ordered_within_30_days: 1,
      ordered_within_60_days: 1,
      ordered_within_90_days: 1,
      ordered_ever: 1,
      conversion_rate: 50,
    },
  ],
  compare: null,
};

export function conversionRoute(desk: Desk): Route {
  const { analytics } = desk.shop.store;
  return metricRoute<ComparedRange & { interval: Interval }, ConversionWire>(desk, {
    name: 'conversion',
    summary: 'Read how many customers order, by week and by when they were added',
    description:
      '`series`: of the customers there, those who made an order in the period. `cohorts`: of those added in the ' +
      'period, how many made a first order, and how soon. See docs/metrics.md.',
    query: ConversionQuery,
    data: ConversionWire,
    example,
    read: (query, today) => ({ ...readComparedRange(query, today), interval: readInterval(query, 'week') }),
    make: ({ interval, ...ranges }) =>
      compared(ranges, async (range) => {
        const periods = periodsOf(range, interval);
        const instants = periods.map(instantsOf);
        const [conversions, cohorts] = await Promise.all([
          analytics.conversions(instants),
          analytics.cohorts(instants),
        ]);
        return {
          interval,
          series: conversions.map((conversion, index) => toConversion(conversion, periods[index])),
          cohorts: cohorts.map((cohort, index) => toCohort(cohort, periods[index])),
        };
      }),
  });
}

function toConversion({ customers, ordering }: Conversion, period = NO_PERIOD) {
  return {
    ...toDates(period),
    customers,
    customers_with_orders: ordering,
    conversion_rate: ratePercent(ordering, customers),
  };
}

function toCohort(cohort: Cohort, period = NO_PERIOD) {
  return {
    ...toDates(period),
    new_customers: cohort.customers,
    ordered_within_30_days: cohort.within30,
    ordered_within_60_days: cohort.within60,
    ordered_within_90_days: cohort.within90,
    ordered_ever: cohort.ever,
    conversion_rate: ratePercent(cohort.ever, cohort.customers),
  };
}

const NO_PERIOD: DayRange = { from: '', to: '' };
