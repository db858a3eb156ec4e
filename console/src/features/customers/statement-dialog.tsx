// The statement: sent as a text with a payment code, printed on A4, or taken as CSV.

import { Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconBrandWhatsapp, IconDownload, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { download } from '../../api/download.ts';
import { shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { useShopName } from '../../frame/use-shop-name.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { PaperLanguageControl, usePaperLanguage } from '../../ui/print/paper-language.tsx';
import { usePrint } from '../../ui/print/use-print.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import { toastError } from '../../ui/toast/toast.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useLanguage, useWords } from '../../words/say.ts';
import { useSettings } from '../settings/settings-queries.ts';
import { readStatement, useDebtAges } from './customer-queries.ts';
import styles from './customers.module.css';
import { type Shop, statementMessage, upiLink, whatsappLink } from './statement-message.ts';
import { StatementPaper } from './statement-paper.tsx';
import { customerWords } from './words/customer-words.ts';

const DAY_MS = 86_400_000;
const PERIODS = ['period30', 'period90', 'periodYear', 'periodAll'] as const;
type Period = (typeof PERIODS)[number];

/** The first day of a period; undefined: from the first entry on. India's financial year begins on 1 April. */
function firstDay(period: Period, now: number = Date.now()): string | undefined {
  if (period === 'period30') return shopDay(now - 30 * DAY_MS);
  if (period === 'period90') return shopDay(now - 90 * DAY_MS);
  if (period === 'periodAll') return undefined;
  const [year, month] = shopDay(now).split('-').map(Number) as [number, number];
  return `${month >= 4 ? year : year - 1}-04-01`;
}

interface StatementDialogProps {
  customer: CustomerWire;
  opened: boolean;
  onClose: () => void;
}

export function StatementDialog({ customer, opened, onClose }: StatementDialogProps) {
  const words = useWords(customerWords);
  return (
    <Dialog
      opened={opened}
      title={words('statementOf', { name: customer.name })}
      onClose={onClose}
      size={560}
    >
      <Statement customer={customer} />
    </Dialog>
  );
}

function Statement({ customer }: { customer: CustomerWire }) {
  const words = useWords(customerWords);
  const everyday = useWords(everydayWords);
  const language = useLanguage();
  const [period, setPeriod] = useState<Period>('periodYear');
  const { print, printed } = usePrint();
  const paper = usePaperLanguage(customer);
  const name = useShopName();
  const { data: settings } = useSettings();
  const shop: Shop = { name, upiId: settings?.upi_id ?? null, language: settings?.language ?? language };
  const link = upiLink(shop, customer.current_balance);
  const from = firstDay(period);
  const message = useQuery({
    queryKey: ['customers', customer.id, 'message', customer.current_balance, shop],
    queryFn: () => statementMessage(customer, shop),
  });
  const entries = useQuery({
    queryKey: ['khata', customer.id, 'statement', from],
    queryFn: ({ signal }) => readStatement(customer.id, from, signal),
  });
  const ages = useDebtAges(customer.id);
  const count = entries.data?.length;
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" c="var(--ink-2)" mb={4}>
          {words('preview')}
        </Text>
        <pre className={styles.message} lang={customer.language ?? shop.language}>
          {message.data}
        </pre>
      </div>
      <Group>
        <Button
          component="a"
          target="_blank"
          rel="noreferrer"
          href={whatsappLink(customer, message.data ?? '')}
          leftSection={<IconBrandWhatsapp size={18} />}
        >
          {words('whatsapp')}
        </Button>
      </Group>
      <PaymentCode link={link} hasUpi={shop.upiId !== null} rupees={customer.current_balance} />
      <div>
        <Text size="sm" c="var(--ink-2)" mb={4}>
          {words('period')}
          {count === undefined ? null : ` · ${words('entriesCount', { count })}`}
        </Text>
        <SegmentedControl
          fullWidth
          aria-label={words('period')}
          value={period}
          onChange={(value) => setPeriod(value as Period)}
          data={PERIODS.map((value) => ({ value, label: words(value) }))}
        />
      </div>
      <div>
        <Text size="sm" c="var(--ink-2)" mb={4}>
          {everyday('paperLanguage')}
        </Text>
        <PaperLanguageControl paper={paper} fullWidth />
      </div>
      <Group>
        <Button
          variant="default"
          leftSection={<IconPrinter size={18} />}
          disabled={entries.data === undefined || ages.data === undefined}
          onClick={() =>
            print(
              'a4',
              <StatementPaper
                customer={customer}
                entries={entries.data ?? []}
                from={from}
                link={link}
                ages={ages.data?.buckets ?? []}
              />,
              paper.language,
            )
          }
        >
          {words('print')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={18} />}
          onClick={() => {
            download(`/api/customers/${customer.id}/khata/statement`, { from }).catch(toastError);
          }}
        >
          {words('downloadCsv')}
        </Button>
      </Group>
      {printed}
    </Stack>
  );
}

function PaymentCode({ link, hasUpi, rupees }: { link: string | null; hasUpi: boolean; rupees: number }) {
  const words = useWords(customerWords);
  if (!hasUpi) return <Text c="var(--ink-2)">{words('noUpi')}</Text>;
  if (link === null) return null;
  const label = words('payBy', { amount: formatRupees(rupees) });
  return (
    <div className={styles.code}>
      <QrCode text={link} size={132} label={label} />
      <span>{label}</span>
    </div>
  );
}
