import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MetalPriceWire } from '../../../../server/src/contract/price.ts';
import { useCan } from '../../api/use-session.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { Age, Money } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { seriesKey } from './price-series.ts';
import styles from './prices.module.css';
import { confirmRate, type SeriesRates } from './rate-queries.ts';
import { useSeriesName } from './set-rate-dialog.tsx';
import { priceWords } from './words/price-words.ts';

interface RatesSheetProps {
  rates: readonly SeriesRates[];
  onSet: (rates: SeriesRates) => void;
  /** Shows the history of a series. */
  onShow: (key: string) => void;
}

/** One row a metal and purity: the rate in force, its change, and what waits for a confirmation. */
export function RatesSheet({ rates, onSet, onShow }: RatesSheetProps) {
  const words = useWords(priceWords);
  const nameOf = useSeriesName();
  const maySet = useCan('prices.set');
  return (
    <Sheet title={words('rates')}>
      <ul className={styles.rates}>
        {rates.map((each) => (
          <li key={seriesKey(each)} className={styles.row}>
            <div className={styles.name}>
              <button
                type="button"
                className={`reach ${styles.show}`}
                onClick={() => onShow(seriesKey(each))}
              >
                {nameOf(each)}
              </button>
              <span className={styles.small}>
                {each.rate === null ? words('noRate') : <Age at={each.rate.date} />}
              </span>
            </div>
            <div className={styles.figures}>
              <b>{each.rate === null ? '—' : <Money rupees={each.rate.price_per_gram} />}</b>
              <span className={styles.small}>{changeText(each)}</span>
            </div>
            {maySet ? (
              <Button
                size="xs"
                variant="default"
                aria-label={`${words('set')}: ${nameOf(each)}`}
                onClick={() => onSet(each)}
              >
                {words('set')}
              </Button>
            ) : null}
            {each.held.map((held) => (
              <Held key={held.id} rates={each} held={held} />
            ))}
          </li>
        ))}
      </ul>
    </Sheet>
  );
}

function Held({ rates, held }: { rates: SeriesRates; held: MetalPriceWire }) {
  const words = useWords(priceWords);
  const name = useSeriesName()(rates);
  const amount = formatRupees(held.price_per_gram);
  const [working, setWorking] = useState(false);
  return (
    <div className={styles.held}>
      <span>{words('heldRow', { amount })}</span>
      <Button
        size="compact-sm"
        loading={working}
        onClick={() => {
          setWorking(true);
          confirmRate(rates.metal, held.id)
            .then(() => toast(words('wasSet', { name, amount })), toastError)
            .finally(() => setWorking(false));
        }}
      >
        {words('confirm', { amount })}
      </Button>
    </div>
  );
}

/** With its sign, since a colour alone says nothing. */
function changeText({ rate, before }: SeriesRates): string {
  if (rate === null || before === null) return '';
  const change = rate.price_per_gram - before.price_per_gram;
  const percent = formatPercent((Math.abs(change) / before.price_per_gram) * 100);
  const sign = change < 0 ? '−' : '+';
  return `${formatRupees(change, { signed: true })} · ${sign}${percent}`;
}
