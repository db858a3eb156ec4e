// A bill that the server has: made right now, or opened again. Print the slip, then the next one.

import { Button, SegmentedControl } from '@mantine/core';
import { IconCheck, IconPlus, IconPrinter } from '@tabler/icons-react';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { SaleWire } from '../../../../server/src/contract/sale.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { MainAction } from '../../ui/layout/main-action.tsx';
import { PageHeader, Sheet } from '../../ui/layout/page.tsx';
import { PaperLanguageControl, SheetInLanguage, usePaperLanguage } from '../../ui/print/paper-language.tsx';
import { type Paper, usePrint } from '../../ui/print/use-print.tsx';
import { Keys } from '../../ui/shortcuts/keys.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { PageNotAllowed } from '../../ui/states/states.tsx';
import { programName } from '../../words/program-name.ts';
import { useWords } from '../../words/say.ts';
import { useCustomer } from '../customers/customer-queries.ts';
import { BillSlip, slipOfSale } from './bill-slip.tsx';
import { BillsLink } from './bills-link.tsx';
import { useMadeBill } from './made-bill.ts';
import styles from './sale.module.css';
import { useSale } from './sale-queries.ts';
import { getSlipPaper, keepSlipPaper, SLIP_PAPERS } from './slip-paper.ts';
import { saleWords } from './words/sale-words.ts';

const route = getRouteApi('/frame/sale/$saleId');
const PAPER_WORDS = { '80mm': 'paper80', a5: 'paperA5', a4: 'paperA4' } as const;

export function BillScreen() {
  const words = useWords(saleWords);
  const { saleId } = route.useParams();
  const sale = useSale(saleId);
  const allowed = useCan('sales.read');
  if (!allowed) return <PageNotAllowed />;
  return (
    <>
      {sale.data === undefined ? <PageHeader title={words('bill')} /> : null}
      <QueryStates query={sale}>{(known) => <Bill key={known.id} sale={known} />}</QueryStates>
    </>
  );
}

function Bill({ sale }: { sale: SaleWire }) {
  const words = useWords(saleWords);
  const navigate = useNavigate();
  const made = useMadeBill();
  const seesCustomer = useCan('customers.read');
  const sells = [useCan('sales.write'), seesCustomer].every(Boolean);
  const { data: customer, dataUpdatedAt } = useCustomer(seesCustomer ? sale.customer_id : undefined);
  const [paper, setPaper] = useState<Paper>(getSlipPaper);
  const { print, printed } = usePrint();
  const slip = slipOfSale(sale, customer, dataUpdatedAt);
  const paperLanguage = usePaperLanguage(customer);
  const printSlip = () => print(paper, <BillSlip slip={slip} />, paperLanguage.language);
  useShortcut('mod+p', words('printSlip'), printSlip);
  return (
    <>
      <PageHeader
        title={words('billOf', { name: sale.customer_name })}
        under={made === undefined ? <WhenAndBy sale={sale} /> : <Made />}
        actions={
          <>
            <BillsLink />
            <Button
              variant="default"
              leftSection={<IconPrinter size={16} aria-hidden="true" />}
              rightSection={<Keys keys="mod+p" />}
              onClick={printSlip}
            >
              {words('printSlip')}
            </Button>
            {sells ? (
              <MainAction
                label={words('next')}
                icon={IconPlus}
                onClick={() => void navigate({ to: '/sale' })}
              />
            ) : null}
          </>
        }
      />
      <div className={styles.bill}>
        <Sheet className={styles.preview} title={words('printed')}>
          <div className={styles.slip} data-paper={paper}>
            <SheetInLanguage language={paperLanguage.language}>
              <BillSlip slip={slip} />
            </SheetInLanguage>
          </div>
        </Sheet>
        <div className={styles.side}>
          <SegmentedControl
            aria-label={words('paper')}
            value={paper}
            onChange={(value) => {
              setPaper(value as Paper);
              keepSlipPaper(value as Paper);
            }}
            data={SLIP_PAPERS.map((value) => ({ value, label: words(PAPER_WORDS[value]) }))}
          />
          <PaperLanguageControl paper={paperLanguage} />
          {sale.khata_entry_id === null ? null : (
            <Link className="reach" to="/customers/$customerId" params={{ customerId: sale.customer_id }}>
              {words('openKhata')}
            </Link>
          )}
          {made?.isOverLimit ? <p className="out">{words('overLimitWarned')}</p> : null}
        </div>
      </div>
      {printed}
    </>
  );
}

function Made() {
  const words = useWords(saleWords);
  return (
    <span className={`${styles.made} in`}>
      <IconCheck size={16} aria-hidden="true" />
      {words('billMade')}
    </span>
  );
}

function WhenAndBy({ sale: { created_at: at, created_by: seller } }: { sale: SaleWire }) {
  const words = useWords(saleWords);
  return `${formatDateTime(at)} · ${words('soldBy', { name: programName(seller) })}`;
}
