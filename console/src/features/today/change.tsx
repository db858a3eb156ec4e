import { growth } from '../../format/growth.ts';
import { formatRupeesShort } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { useWords } from '../../words/say.ts';
import { todayWords } from './words/today-words.ts';

/**
 * How today stands to yesterday; nothing where yesterday gives no measure. A day that is not over is no fall: how much less
 * it is until now would be red every morning.
 */
export function Change({ now, before }: { now: number; before: number }) {
  const words = useWords(todayWords);
  const change = growth(now, before);
  if (change === null) return null;
  if (change < 0) return words('yesterday', { amount: formatRupeesShort(before) });
  return <span className="in">{words('onYesterday', { percent: `▲ ${formatPercent(change)}` })}</span>;
}
