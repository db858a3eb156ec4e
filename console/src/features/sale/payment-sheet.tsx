import { TextInput } from '@mantine/core';
import {
  IconBook2,
  IconBuildingBank,
  IconCash,
  IconCreditCard,
  type IconProps,
  IconQrcode,
  IconWriting,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { flushSync } from 'react-dom';
import { formatRupees } from '../../format/money.ts';
import { Money } from '../../ui/figures.tsx';
import { AmountInput } from '../../ui/form/amount-input.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { Keys } from '../../ui/shortcuts/keys.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { CashWarning } from '../customers/cash-warning.tsx';
import { KhataResult } from '../customers/khata-result.tsx';
import styles from './sale.module.css';
import { METHODS, type Method, toPaise } from './sale-sums.ts';
import type { SaleInTheMaking } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

const LOOKS: Record<Method, { icon: ComponentType<IconProps>; keys: string }> = {
  upi: { icon: IconQrcode, keys: 'u' },
  cash: { icon: IconCash, keys: 'm' },
  card: { icon: IconCreditCard, keys: 'd' },
  cheque: { icon: IconWriting, keys: 'q' },
  bank_transfer: { icon: IconBuildingBank, keys: 'b' },
  khata: { icon: IconBook2, keys: 'k' },
};
/** These leave a number somewhere, which a later question will be about. */
const NUMBERED: readonly Method[] = ['upi', 'card', 'cheque', 'bank_transfer'];

/** How it is paid, split over any of the ways. */
export function PaymentSheet({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  return (
    <Sheet title={words('payment')}>
      {METHODS.map((method) => (
        <MethodRow key={method} sale={sale} method={method} />
      ))}
    </Sheet>
  );
}

/** The one figure that matters, what no payment covers yet, and what the payments lead to: where the khata will stand, what the law says of cash. */
export function SaleResult({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  const { sums, values, customer } = sale;
  return (
    <>
      <div className={styles.toPay}>
        <b>{words('toPay')}</b>
        <b className={styles.figure}>
          <Money rupees={sums.finalPaise / 100} />
        </b>
      </div>
      <Rest sale={sale} />
      {customer !== undefined && sums.khataPaise > 0 ? (
        <KhataResult customer={customer} change={sums.khataPaise / 100} />
      ) : null}
      <CashWarning customerId={values.customer?.id} taken={Number(values.paid.cash)} />
    </>
  );
}

function MethodRow({ sale, method }: { sale: SaleInTheMaking; method: Method }) {
  const words = useWords(saleWords);
  const everyday = useWords(everydayWords);
  const { form } = sale.state;
  const { icon: Icon, keys } = LOOKS[method];
  const name = everyday(method);
  const isPaid = toPaise(sale.values.paid[method]) > 0;
  const payRest = () => {
    flushSync(() => sale.payRest(method));
    const field = document.querySelector<HTMLInputElement>(`[data-path="paid.${method}"]`);
    field?.focus();
    field?.select();
  };
  useShortcut(keys, words('payRest', { method: name }), payRest);
  return (
    <div className={styles.method}>
      <button type="button" className={styles.payRest} onClick={payRest}>
        <Icon size={18} stroke={1.6} aria-hidden="true" />
        <span aria-hidden="true">{name}</span>
        <span className="unseen">{words('payRest', { method: name })}</span>
        <Keys keys={keys} />
      </button>
      <AmountInput
        className={styles.field ?? ''}
        aria-label={name}
        placeholder={everyday('none')}
        {...form.getInputProps(`paid.${method}`)}
      />
      {isPaid && NUMBERED.includes(method) ? (
        <TextInput
          className={styles.reference ?? ''}
          size="xs"
          aria-label={words('reference', { method: name })}
          placeholder={words('reference', { method: name })}
          maxLength={100}
          autoComplete="off"
          {...form.getInputProps(`references.${method}`)}
        />
      ) : null}
    </div>
  );
}

/** What no payment covers yet; read out as it changes. */
function Rest({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  const { restPaise, finalPaise } = sale.sums;
  const error = sale.state.form.errors.paid;
  if (finalPaise === 0 && restPaise === 0) return null;
  const amount = formatRupees(Math.abs(restPaise) / 100);
  if (restPaise === 0) {
    return (
      <p className={`${styles.rest} in`} role="status">
        {words('allPaid')}
      </p>
    );
  }
  if (error) {
    return (
      <p className={`${styles.rest} out`} role="alert">
        {words(restPaise > 0 ? 'restMissing' : 'tooMuch', { amount })}
      </p>
    );
  }
  return (
    <p className={`${styles.rest} ${restPaise < 0 ? 'out' : ''}`} role="status">
      {words(restPaise > 0 ? 'restLeft' : 'tooMuch', { amount })}
    </p>
  );
}
