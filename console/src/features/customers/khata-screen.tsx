// One customer's khata: what is due, the two buttons, the ledger with its running balance.

import { ActionIcon, Button, Menu } from '@mantine/core';
import {
  IconArrowLeft,
  IconDotsVertical,
  IconPencil,
  IconPhone,
  IconSend,
  IconTrash,
} from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import { isApiError } from '../../api/api-error.ts';
import { useCan } from '../../api/use-session.ts';
import { formatPhone } from '../../format/phone.ts';
import { Can } from '../../ui/can.tsx';
import { PageHeader } from '../../ui/layout/page.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { ErrorState, LoadingRows, NotThere, PageNotAllowed } from '../../ui/states/states.tsx';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useIsWide } from '../../ui/use-wide.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { BalanceSheet } from './balance-sheet.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { refreshKhata, removeCustomer, restoreCustomer, useKhata } from './customer-queries.ts';
import { DebtAges } from './debt-ages.tsx';
import { Ledger } from './ledger.tsx';
import { StatementDialog } from './statement-dialog.tsx';
import { customerWords } from './words/customer-words.ts';

const route = getRouteApi('/frame/customers/$customerId');

export function KhataScreen() {
  const { customerId } = route.useParams();
  const allowed = useCan('khata.read');
  if (!allowed) return <PageNotAllowed />;
  // A new khata begins with fresh dialogs and scroll.
  return <Khata key={customerId} customerId={customerId} />;
}

function Khata({ customerId }: { customerId: string }) {
  const words = useWords(customerWords);
  const query = useKhata(customerId);
  const [sending, setSending] = useState(false);
  const pages = query.data?.pages;
  const customer = pages?.[0]?.customer;
  useShortcut('s', words('statement'), () => setSending(true), { when: customer !== undefined });
  // Whatever was read of them before.
  if (isApiError(query.error, 'customer_not_found'))
    return <NotThere error={query.error} back={<ToRemoved />} />;
  if (customer === undefined || pages === undefined) {
    return query.isError ? (
      <ErrorState error={query.error} again={() => void query.refetch()} />
    ) : (
      <LoadingRows />
    );
  }
  return (
    <>
      <KhataHeader customer={customer} onSend={() => setSending(true)} />
      <BalanceSheet customer={customer} />
      {customer.current_balance > 0 ? <DebtAges customerId={customer.id} /> : null}
      <Ledger
        customer={customer}
        entries={pages.flatMap(({ transactions }) => transactions)}
        onEnd={() => {
          if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
        }}
      />
      <StatementDialog customer={customer} opened={sending} onClose={() => setSending(false)} />
    </>
  );
}

function ToRemoved() {
  const words = useWords(customerWords);
  const navigate = useNavigate();
  return (
    <Can permission="customers.write">
      <Button
        variant="default"
        onClick={() => void navigate({ to: '/customers', search: { show: 'removed' } })}
      >
        {words('showRemoved')}
      </Button>
    </Can>
  );
}

function KhataHeader({ customer, onSend }: { customer: CustomerWire; onSend: () => void }) {
  const words = useWords(customerWords);
  const everyday = useWords(everydayWords);
  const navigate = useNavigate();
  const isWide = useIsWide();
  const [isEditing, setEditing] = useState(false);
  const back = () => navigate({ to: '/customers', search: (before) => before, resetScroll: !isWide });
  useShortcut('Escape', everyday('back'), () => void back());
  const icon = { variant: 'subtle', color: 'gray', size: 'lg' } as const;
  const { id, name, version } = customer;

  async function remove(): Promise<void> {
    await removeCustomer(id, version);
    toast(words('removed', { name }), { undo: () => restoreCustomer(id), about: [id] });
    await back();
    await refreshKhata();
  }
  return (
    <>
      <PageHeader
        title={name}
        under={<span className="figures">{formatPhone(customer.phone_e164)}</span>}
        before={
          isWide ? null : (
            <ActionIcon {...icon} aria-label={everyday('back')} onClick={() => void back()}>
              <IconArrowLeft size={20} />
            </ActionIcon>
          )
        }
        actions={
          <>
            <ActionIcon
              {...icon}
              component="a"
              c="var(--ink-2)"
              href={`tel:${customer.phone_e164}`}
              aria-label={words('call', { name })}
            >
              <IconPhone size={20} stroke={1.6} />
            </ActionIcon>
            <ActionIcon {...icon} aria-label={words('statement')} onClick={onSend}>
              <IconSend size={20} stroke={1.6} />
            </ActionIcon>
            <Can permission="customers.write">
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon {...icon} aria-label={everyday('more')}>
                    <IconDotsVertical size={20} stroke={1.6} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setEditing(true)}>
                    {words('edit')}
                  </Menu.Item>
                  <Menu.Item
                    leftSection={<IconTrash size={16} />}
                    onClick={() => void remove().catch(toastError)}
                  >
                    {words('remove')}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </Can>
          </>
        }
      />
      <CustomerDialog customer={customer} opened={isEditing} onClose={() => setEditing(false)} />
    </>
  );
}
