import { formatDate, formatDateTime } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { decimals, formatGrams } from '../../format/number.ts';
import { useLanguage } from '../../words/say.ts';

type When = string | number;

/** Dates, money and weights as they are written in the language of the sheet that the component stands on. */
export function useFigures() {
  const language = useLanguage();
  return {
    language,
    date: (when: When) => formatDate(when, language),
    dateTime: (when: When) => formatDateTime(when, language),
    rupees: (rupees: number) => formatRupees(rupees, { language }),
    grams: (grams: number) => formatGrams(grams, language),
    count: (count: number) => decimals(count, 0, 0, language),
  };
}
