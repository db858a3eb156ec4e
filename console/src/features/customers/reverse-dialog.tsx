import { TextInput } from '@mantine/core';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { KhataEntryWire } from '../../../../server/src/contract/khata.ts';
import { formatDate } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { reverseEntry } from './customer-queries.ts';
import { KhataResult } from './khata-result.tsx';
import { customerWords } from './words/customer-words.ts';

/** An entry is never taken out of the ledger: its opposite is posted, with the reason beside it. */
export function ReverseDialog({
  customer,
  entry,
  onClose,
}: {
  customer: CustomerWire;
  entry: KhataEntryWire | null;
  onClose: () => void;
}) {
  const words = useWords(customerWords);
  return (
    <Dialog opened={entry !== null} title={words('reverse')} onClose={onClose}>
      {entry === null ? null : <ReverseForm customer={customer} entry={entry} onClose={onClose} />}
    </Dialog>
  );
}

function ReverseForm({
  customer,
  entry,
  onClose,
}: {
  customer: CustomerWire;
  entry: KhataEntryWire;
  onClose: () => void;
}) {
  const words = useWords(customerWords);
  const errors = useWords(errorWords);
  const state = useShopForm({
    initial: { reason: '' },
    draft: `khata.reverse.${entry.id}`,
    check: ({ reason }) => ({ reason: reason.trim() === '' ? errors('ruleRequired') : null }),
    send: async ({ reason }) => {
      await reverseEntry(entry.id, reason.trim());
      toast(words('reversed'));
      onClose();
    },
  });
  const isDebit = entry.transaction_type === 'debit';
  const date = formatDate(entry.created_at);
  return (
    <ShopForm
      state={state}
      action={words('reverse')}
      onCancel={onClose}
      aside={<KhataResult customer={customer} change={isDebit ? -entry.amount : entry.amount} />}
    >
      <p>{words('reverseEntry', { date, amount: formatRupees(entry.amount) })}</p>
      <TextInput
        label={words('reason')}
        description={words('reasonHint')}
        required
        data-autofocus
        {...state.form.getInputProps('reason')}
      />
    </ShopForm>
  );
}
