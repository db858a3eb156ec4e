// How the price comes about, line by line, in the console's own words: the server sends the figures and the rule.

import { Button } from '@mantine/core';
import type { PriceWorkingWire } from '../../../../server/src/contract/product.ts';
import { errorText } from '../../api/error-text.ts';
import { formatDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { formatGrams, formatNumber } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Money } from '../../ui/figures.tsx';
import { useWords } from '../../words/say.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

interface PriceWorkingProps {
  /** Undefined while too little is typed. */
  working: PriceWorkingWire | undefined;
  error: unknown;
  listPrice: number | '';
  /** Makes the price of the moment the list price. */
  onTake?: (rupees: number) => void;
}

export function PriceWorking({ working, error, listPrice, onTake }: PriceWorkingProps) {
  const words = useWords(productWords);
  return (
    <section className={styles.working} aria-label={words('working')}>
      <p className={styles.workingHead}>{words('working')}</p>
      {error === null ? null : <p className="out">{errorText(error)}</p>}
      {working === undefined ? (
        error === null && <p className="muted">{words('workingLater')}</p>
      ) : (
        <>
          <dl className={styles.lines}>
            {working.lines.map(({ part, amount }) => (
              <div key={part}>
                <dt>
                  {words(`part_${part}`)}
                  <span className={styles.rule}>{ruleText(words, working, part)}</span>
                </dt>
                <dd>
                  <Money rupees={amount} />
                </dd>
              </div>
            ))}
          </dl>
          <div className={styles.total} aria-live="polite">
            <span>{words('priceNow')}</span>
            <span className={styles.figure}>{formatRupees(working.current_price)}</span>
          </div>
          <p className={styles.rule}>{words('fine', { weight: formatGrams(working.fine_weight) })}</p>
          {onTake === undefined || working.rate === null || working.current_price === listPrice ? null : (
            <Button
              size="compact-sm"
              variant="subtle"
              className={styles.takePrice ?? ''}
              onClick={() => onTake(working.current_price)}
            >
              {words('takeAsListPrice')}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

type Words = ReturnType<typeof useWords<typeof productWords.en>>;

function ruleText(
  words: Words,
  working: PriceWorkingWire,
  part: PriceWorkingWire['lines'][number]['part'],
): string {
  const { rate, making_charge: making } = working;
  if (part === 'stones') return words('ruleStones');
  if (part === 'list_price' || rate === null) return words('ruleListPrice');
  if (part === 'metal') {
    const values = {
      weight: formatGrams(working.net_weight),
      rate: formatRupees(rate.price_per_gram),
      purity: goldPurity(rate.purity),
      date: formatDay(rate.date),
    };
    // A piece of another purity than the rate is quoted for has its share of it.
    return rate.purity === working.gold_purity
      ? words('ruleMetal', values)
      : words('ruleMetalShare', { ...values, share: `${working.gold_purity}/${rate.purity}` });
  }
  const whose = words(working.making_from === 'shop' ? 'ofShop' : 'ofPiece');
  if (making.type === 'percent') return words('rulePercent', { percent: formatNumber(making.value), whose });
  const amount = formatRupees(making.value);
  return making.type === 'per_gram' ? words('rulePerGram', { amount, whose }) : words('ruleFixed', { whose });
}
