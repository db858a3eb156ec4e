// The range that another is compared with.

import { addDays, addMonths, type DayRange, daysBetween, partsOf } from './period.ts';

/** As many days directly before; whole months are followed back by as many whole months. */
export function rangeBefore({ from, to }: DayRange): DayRange {
  const end = addDays(to, 1);
  if (from.endsWith('-01') && end.endsWith('-01')) {
    return { from: addMonths(from, -monthsBetween(from, end)), to: addDays(from, -1) };
  }
  return { from: addDays(from, -1 - daysBetween(from, to)), to: addDays(from, -1) };
}

/** The same days a year before; whole months stay whole, so that one of February has its 29th. */
export function rangeLastYear({ from, to }: DayRange): DayRange {
  const end = addDays(to, 1);
  const wholeMonths = from.endsWith('-01') && end.endsWith('-01');
  return {
    from: addMonths(from, -12),
    to: wholeMonths ? addDays(addMonths(end, -12), -1) : addMonths(to, -12),
  };
}

function monthsBetween(from: string, end: string): number {
  const [fromYear, fromMonth] = partsOf(from);
  const [endYear, endMonth] = partsOf(end);
  return (endYear - fromYear) * 12 + endMonth - fromMonth;
}
