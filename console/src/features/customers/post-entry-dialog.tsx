// Posting to the khata: amount, Enter. The result stands there before, since an entry cannot be unposted.

import { Select, TextInput } from '@mantine/core';
import type { CustomerWire } from '../../../../server/src/contract/customer.ts';
import type { NewKhataEntryBody } from '../../../../server/src/contract/khata.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { RupeesInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { isCash } from './cash-limit.ts';
import { CashWarning } from './cash-warning.tsx';
import { postEntry } from './customer-queries.ts';
import { KhataResult, khataNow } from './khata-result.tsx';
import { customerWords } from './words/customer-words.ts';

const METHODS = ['cash', 'upi', 'card', 'cheque', 'bank_transfer'] as const;
type Method = (typeof METHODS)[number];
type EntryType = NewKhataEntryBody['transaction_type'];

interface PostEntryDialogProps {
  customer: CustomerWire;
  /** `debit`: you gave; `credit`: you got; null: closed. */
  type: EntryType | null;
  onClose: () => void;
}

export function PostEntryDialog({ customer, type, onClose }: PostEntryDialogProps) {
  const words = useWords(customerWords);
  const { name } = customer;
  return (
    <Dialog
      opened={type !== null}
      title={type === 'credit' ? words('postGot', { name }) : words('postGave', { name })}
      onClose={onClose}
    >
      {type === null ? null : <PostEntryForm customer={customer} type={type} onClose={onClose} />}
    </Dialog>
  );
}

interface EntryValues {
  amount: number | '';
  payment_method: string | null;
  description: string;
  reference_number: string;
}

function PostEntryForm({
  customer,
  type,
  onClose,
}: {
  customer: CustomerWire;
  type: EntryType;
  onClose: () => void;
}) {
  const words = useWords(customerWords);
  const everyday = useWords(everydayWords);
  const errors = useWords(errorWords);
  const initial: EntryValues = { amount: '', payment_method: null, description: '', reference_number: '' };
  const state = useShopForm({
    initial,
    draft: `khata.${customer.id}.${type}`,
    check: ({ amount }) => ({ amount: Number(amount) > 0 ? null : errors('ruleAbove', { limit: '0' }) }),
    send: async ({ amount, payment_method: method, description, reference_number: reference }, draftId) => {
      const body = {
        customer_id: customer.id,
        transaction_type: type,
        amount: Number(amount),
        description: description.trim() === '' ? null : description.trim(),
        payment_method: method as Method | null,
        reference_number: reference.trim() === '' ? null : reference.trim(),
      };
      const entry = await postEntry(body, draftId);
      onClose();
      toast(words('posted', { result: khataNow(words, customer.name, entry.balance_after) }));
    },
  });
  const { form } = state;
  const { amount, payment_method: method } = form.getValues();
  return (
    <ShopForm
      state={state}
      action={words('post')}
      onCancel={onClose}
      aside={
        <>
          <KhataResult customer={customer} change={type === 'debit' ? Number(amount) : -Number(amount)} />
          <CashWarning
            customerId={customer.id}
            taken={type === 'credit' && isCash(method) ? Number(amount) : 0}
          />
        </>
      }
    >
      <RupeesInput
        label={words('amount')}
        required
        data-autofocus
        size="lg"
        {...form.getInputProps('amount')}
      />
      <TextInput label={words('note')} autoComplete="off" {...form.getInputProps('description')} />
      {type === 'credit' ? (
        <Select
          label={words('method')}
          clearable
          data={METHODS.map((value) => ({ value, label: everyday(value) }))}
          {...form.getInputProps('payment_method')}
        />
      ) : null}
      {method === null || method === 'cash' ? null : (
        <TextInput
          label={words('reference')}
          autoComplete="off"
          {...form.getInputProps('reference_number')}
        />
      )}
    </ShopForm>
  );
}
