const DAY_MS = 86_400_000;
const MOST_DAYS = 62;
const MOST_WEEKS_IN_DAYS = 400;

/** How finely a range is drawn: days, then weeks, then months, so that a chart never has hundreds of bars. */
export function intervalOf({ from, to }: { from: string; to: string }): 'day' | 'week' | 'month' {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days <= MOST_DAYS) return 'day';
  return days <= MOST_WEEKS_IN_DAYS ? 'week' : 'month';
}
