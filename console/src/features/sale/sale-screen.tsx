// The counter: who buys, what, for how much, paid how. Everything by keyboard if wanted; nothing is done before the
// server has said so.

import { Alert, Button, Group } from '@mantine/core';
import { IconCashRegister, IconPrinter, IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { errorText } from '../../api/error-text.ts';
import { useCan } from '../../api/use-session.ts';
import { PageHeader } from '../../ui/layout/page.tsx';
import { PaperLanguageMenu, usePaperLanguage } from '../../ui/print/paper-language.tsx';
import { usePrint } from '../../ui/print/use-print.tsx';
import { Keys } from '../../ui/shortcuts/keys.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { PageNotAllowed } from '../../ui/states/states.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { customerWords } from '../customers/words/customer-words.ts';
import { BillSlip, slipOfEstimate } from './bill-slip.tsx';
import { BillsLink } from './bills-link.tsx';
import { BuyerSheet } from './buyer-sheet.tsx';
import { PaymentSheet, SaleResult } from './payment-sheet.tsx';
import { PiecesSheet } from './pieces-sheet.tsx';
import styles from './sale.module.css';
import { getSlipPaper } from './slip-paper.ts';
import { TotalsSheet } from './totals-sheet.tsx';
import { type SaleInTheMaking, useSale } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

export function SaleScreen() {
  const allowed = [useCan('sales.write'), useCan('customers.read')].every(Boolean);
  return allowed ? <Counter /> : <PageNotAllowed />;
}

function Counter() {
  const words = useWords(saleWords);
  // What the khata will say later must not make the whole page wait in mid-sale.
  useWords(customerWords);
  const everyday = useWords(everydayWords);
  const sale = useSale();
  const { state, values, lines, sums, customer } = sale;
  const { print, printed } = usePrint();
  const paperLanguage = usePaperLanguage(customer);
  const isEmpty = lines.length === 0 && values.customer === null;
  const isLocked = state.working || values.sent !== null;
  const printEstimate = () =>
    print(
      getSlipPaper(),
      <BillSlip slip={slipOfEstimate(lines, sums, values, customer)} />,
      paperLanguage.language,
    );
  useShortcut('mod+Enter', words('make'), state.submit);
  useShortcut('mod+p', words('estimate'), printEstimate, { when: lines.length > 0 });
  useEffect(() => {
    if (!state.working) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [state.working]);

  return (
    <>
      <PageHeader
        title={words('title')}
        under={state.restored && !isEmpty ? everyday('draftRestored') : words('under')}
        actions={
          <>
            {isEmpty ? null : (
              <Button variant="subtle" disabled={isLocked} onClick={state.startAfresh}>
                {words('startAfresh')}
              </Button>
            )}
            <BillsLink />
            <PaperLanguageMenu paper={paperLanguage} wordClassName={styles.wideOnly} />
            <Button
              variant="default"
              disabled={lines.length === 0}
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              rightSection={<Keys keys="mod+p" />}
              onClick={printEstimate}
            >
              <span className={styles.wideOnly}>{words('estimate')}</span>
            </Button>
          </>
        }
      />
      {state.savedElsewhere ? (
        <Alert color="gold" mb="md" role="status">
          {words('billedElsewhere')}
        </Alert>
      ) : null}
      <div className={styles.counter}>
        <fieldset className={styles.side} disabled={isLocked} aria-label={words('pieces')}>
          <BuyerSheet sale={sale} />
          <PiecesSheet sale={sale} />
        </fieldset>
        <div className={`${styles.side} ${styles.paying}`}>
          <fieldset className={styles.side} disabled={isLocked} aria-label={words('payment')}>
            <TotalsSheet sale={sale} />
            <PaymentSheet sale={sale} />
          </fieldset>
          <div className={styles.foot} data-stays={lines.length > 0 || undefined}>
            <SaleResult sale={sale} />
            <Sending sale={sale} />
          </div>
        </div>
      </div>
      {printed}
    </>
  );
}

/** The one button; and what is said when the answer to it did not come. */
function Sending({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  const { state, values } = sale;
  const isUnknown = values.sent !== null && !state.working;
  return (
    <>
      {isUnknown ? (
        <Alert color="gold" title={words('unknownTitle')} role="alert">
          {words('unknownText')}
          <Group mt="sm">
            <Button size="xs" variant="default" onClick={() => state.form.setFieldValue('sent', null)}>
              {words('changeAnyway')}
            </Button>
          </Group>
        </Alert>
      ) : null}
      {state.problem === null ? null : (
        <Alert color="red" variant="light" role="alert">
          {errorText(state.problem)}
        </Alert>
      )}
      <Button
        size="lg"
        fullWidth
        loading={state.working}
        leftSection={isUnknown ? <IconRefresh size={20} /> : <IconCashRegister size={20} />}
        rightSection={<Keys keys="mod+Enter" />}
        onClick={state.submit}
      >
        {words(isUnknown ? 'sendAgain' : 'make')}
      </Button>
    </>
  );
}
