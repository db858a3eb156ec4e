import { growth } from '../../format/growth.ts';
import { formatPercent } from '../../format/number.ts';
import { useWords } from '../../words/say.ts';
import { todayWords } from './words/today-words.ts';

/** How much more or less than yesterday; nothing where yesterday gives no measure. */
export function Change({ now, before }: { now: number; before: number }) {
  const words = useWords(todayWords);
  const change = growth(now, before);
  if (change === null) return null;
  const percent = `${change < 0 ? '▼' : '▲'} ${formatPercent(Math.abs(change))}`;
  return <span className={change < 0 ? 'out' : 'in'}>{words('onYesterday', { percent })}</span>;
}
