// Setting a rate: the old one, the new one and the change stand there before. What the guard holds or refuses is
// confirmed here, with both figures in sight.

import { Alert, Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { MetalPriceWire } from '../../../../server/src/contract/price.ts';
import { isApiError } from '../../api/api-error.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPercent } from '../../format/number.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { focusOnArrival } from '../../ui/form/focus-on-arrival.ts';
import { RupeesInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import type { BoardRow } from './board-rows.ts';
import { purityName, type Series } from './price-series.ts';
import { confirmRate, type SeriesRates, setRate } from './rate-queries.ts';
import { priceWords } from './words/price-words.ts';

/** `Gold 22K 916` */
export function useSeriesName(): (series: Series) => string {
  const everyday = useWords(everydayWords);
  return (series) => `${everyday(series.metal)} ${purityName(series)}`;
}

interface SetRateProps {
  rates: SeriesRates;
  /** What the first rate of a purity comes to by the others. */
  reckoned: BoardRow | null;
  onClose: () => void;
}

export function SetRateDialog({
  rates,
  ...more
}: Omit<SetRateProps, 'rates'> & { rates: SeriesRates | null }) {
  const words = useWords(priceWords);
  const nameOf = useSeriesName();
  return (
    <Dialog
      opened={rates !== null}
      title={rates === null ? '' : words('setRate', { name: nameOf(rates) })}
      onClose={more.onClose}
    >
      {rates === null ? null : <SetRateForm rates={rates} {...more} />}
    </Dialog>
  );
}

function SetRateForm({ rates, reckoned, onClose }: SetRateProps) {
  const words = useWords(priceWords);
  const errors = useWords(errorWords);
  const name = useSeriesName()(rates);
  const [held, setHeld] = useState<MetalPriceWire | null>(null);
  const [isFarFirst, setFarFirst] = useState(false);
  const done = (rupees: number) => {
    toast(words('wasSet', { name, amount: formatRupees(rupees) }));
    onClose();
  };
  const state = useShopForm({
    initial: { price_per_gram: '' as number | '' },
    check: ({ price_per_gram: rate }) => ({
      price_per_gram: Number(rate) > 0 ? null : errors('ruleAbove', { limit: '0' }),
    }),
    send: async ({ price_per_gram: rate }) => {
      if (reckoned !== null && isDigitOff(Number(rate), reckoned.rupees)) return setFarFirst(true);
      const { data } = await setRate(rates, Number(rate), false);
      if (data.held) setHeld(data);
      else done(data.price_per_gram);
    },
  });
  const typed = Number(state.form.getValues().price_per_gram);
  if (held !== null) {
    return (
      <Confirm
        title={words('heldTitle', { amount: formatRupees(held.price_per_gram) })}
        metal={rates.metal}
        reckoned={reckoned}
        text={words('heldText')}
        action={words('confirm', { amount: formatRupees(held.price_per_gram) })}
        before={rates.rate}
        after={held.price_per_gram}
        run={async () => {
          await confirmRate(rates.metal, held.id);
          done(held.price_per_gram);
        }}
        onCancel={onClose}
      />
    );
  }
  if (isFarFirst || isApiError(state.problem, 'rate_too_far')) {
    return (
      <Confirm
        title={words(isFarFirst ? 'tooFarFirstTitle' : 'tooFarTitle')}
        metal={rates.metal}
        reckoned={reckoned}
        text={words('tooFarText')}
        action={words('meant', { amount: formatRupees(typed) })}
        before={rates.rate}
        after={typed}
        run={async () => {
          const { data } = await setRate(rates, typed, true);
          done(data.price_per_gram);
        }}
        onCancel={onClose}
      />
    );
  }
  return (
    <ShopForm
      state={state}
      action={words('set')}
      onCancel={onClose}
      aside={
        typed > 0 ? (
          <Change metal={rates.metal} before={rates.rate} reckoned={reckoned} after={typed} />
        ) : null
      }
    >
      <RupeesInput
        label={words('newRate')}
        required
        data-autofocus
        size="lg"
        {...state.form.getInputProps('price_per_gram')}
      />
    </ShopForm>
  );
}

/**
 * The server's guard compares rates of one purity, so that its first one is anybody's: beyond twice or half of what the
 * others come to it is a digit too many or too few. Nearer it may be a premium of its own.
 */
function isDigitOff(first: number, reckoned: number): boolean {
  return first > 2 * reckoned || first < reckoned / 2;
}

interface ChangeProps {
  metal: Series['metal'];
  before: MetalPriceWire | null;
  reckoned: BoardRow | null;
  after: number;
}

/**
 * Old, new, and by how much; of a first rate what it comes to by the others, or where there are none by the weight that
 * the trade names rates of: typed as a gram's, that is ten or a thousand times too much.
 */
function Change({ metal, before, reckoned, after }: ChangeProps) {
  const words = useWords(priceWords);
  const nameOf = useSeriesName();
  if (before === null) {
    const bulk =
      metal === 'silver'
        ? words('kilogram', { amount: formatRupees(after * 1000) })
        : words('tenGrams', { amount: formatRupees(after * 10) });
    return (
      <p role="status">
        {words('firstRate')}{' '}
        {reckoned?.from
          ? words('comesTo', { name: nameOf(reckoned.from), amount: formatRupees(reckoned.rupees) })
          : bulk}
      </p>
    );
  }
  const old = before.price_per_gram;
  const percent = formatPercent((Math.abs(after - old) / old) * 100);
  return (
    <div role="status">
      <b className="figures">{words('fromTo', { before: formatRupees(old), after: formatRupees(after) })}</b>
      <div className="muted">
        {after === old ? words('isSame') : words(after > old ? 'isHigher' : 'isLower', { percent })}
      </div>
    </div>
  );
}

interface ConfirmProps extends ChangeProps {
  title: string;
  text: string;
  action: string;
  run: () => Promise<void>;
  onCancel: () => void;
}

function Confirm({ title, text, action, after, run, onCancel, ...than }: ConfirmProps) {
  const everyday = useWords(everydayWords);
  const [working, setWorking] = useState(false);
  return (
    // Where the field was: not on the button, which the same Enter would press.
    <Alert ref={focusOnArrival} tabIndex={-1} color="gold" title={title} role="alert">
      <Change {...than} after={after} />
      <p>{text}</p>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onCancel}>
          {everyday('cancel')}
        </Button>
        <Button
          loading={working}
          onClick={() => {
            setWorking(true);
            run()
              .catch(toastError)
              .finally(() => setWorking(false));
          }}
        >
          {action}
        </Button>
      </Group>
    </Alert>
  );
}
