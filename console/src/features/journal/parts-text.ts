import { formatDateTime } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say } from '../../words/say.ts';
import { spokenText } from './spoken-text.ts';

/** A making charge as it is said; of other things their parts, such as what an entry came from. */
export function partsText({ kind, from, to, ...parts }: Record<string, unknown>): string {
  const { basis_points: points, price_per_gram: perGram, paise } = parts;
  if (typeof points === 'number') return formatPercent(points / 100);
  if (typeof perGram === 'number') return `${formatRupees(perGram)} ${say(everydayWords)('aGram')}`;
  if (typeof paise === 'number') return formatRupees(paise / 100);
  return [
    kind && (spokenText('source', String(kind)) ?? kind),
    ...[from, to].map(dayText),
    ...Object.values(parts),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** Where the rows of an export begin and end: an instant, or as it is. */
function dayText(at: unknown): unknown {
  return typeof at === 'number' ? formatDateTime(at) : at;
}
