// Money, weight and dates in cells, with the exact value on hover where a short form is shown.

import { formatAge, formatDate, formatDateTime } from '../format/date.ts';
import { formatRupees, formatRupeesShort } from '../format/money.ts';
import { formatGrams } from '../format/number.ts';
import { useLanguage } from '../words/say.ts';
import { useMinute } from './use-minute.ts';

interface MoneyProps {
  rupees: number;
  short?: boolean;
  /** `change`: plus or minus in front; `out` and `in`: what it means for the shop, by colour besides the sign. */
  tone?: 'plain' | 'out' | 'in';
  signed?: boolean;
  paise?: boolean;
}

export function Money({ rupees, short = false, tone = 'plain', signed = false, paise = true }: MoneyProps) {
  useLanguage();
  const exact = formatRupees(rupees, { signed, paise });
  const colour = tone === 'plain' ? '' : tone;
  if (!short) return <span className={`figures nowrap ${colour}`}>{exact}</span>;
  return (
    <span className={`figures nowrap ${colour}`} title={formatRupees(rupees)}>
      {formatRupeesShort(rupees)}
    </span>
  );
}

export function Grams({ grams }: { grams: number }) {
  useLanguage();
  return <span className="figures nowrap">{formatGrams(grams)}</span>;
}

/** The day; its exact time on hover. */
export function Day({ at }: { at: string }) {
  useLanguage();
  return (
    <time className="nowrap" dateTime={at} title={formatDateTime(at)}>
      {formatDate(at)}
    </time>
  );
}

/** `12 minutes ago`, kept right while the page stands. */
export function Age({ at }: { at: string }) {
  useLanguage();
  const now = useMinute();
  return (
    <time className="nowrap" dateTime={at} title={formatDateTime(at)}>
      {formatAge(at, now)}
    </time>
  );
}
