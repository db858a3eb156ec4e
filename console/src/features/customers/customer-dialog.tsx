import { Select, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { CustomerWire, NewCustomerBody } from '../../../../server/src/contract/customer.ts';
import { readPhone } from '../../format/phone.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { ConflictNotice } from '../../ui/form/conflict-notice.tsx';
import { RupeesInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES } from '../../words/language.ts';
import { useWords } from '../../words/say.ts';
import { changeCustomer } from './customer-queries.ts';
import type { CustomerSearch } from './customer-search.ts';
import { placeTakenPhone, useAddCustomer } from './taken-phone.tsx';
import { customerWords } from './words/customer-words.ts';

interface CustomerDialogProps {
  opened: boolean;
  /** The one that is changed; a new one without it. */
  customer?: CustomerWire;
  onClose: () => void;
}

export function CustomerDialog({ opened, customer, onClose }: CustomerDialogProps) {
  const words = useWords(customerWords);
  return (
    <Dialog opened={opened} title={words(customer === undefined ? 'newCustomer' : 'edit')} onClose={onClose}>
      <CustomerForm customer={customer} onClose={onClose} />
    </Dialog>
  );
}

interface CustomerValues {
  name: string;
  phone: string;
  email: string;
  address: string;
  language: string;
  credit_limit: number | '';
  /** The version that the form was filled from; a draft brings its own, so that an old one is noticed. */
  version: number;
}

function valuesOf(customer: CustomerWire | undefined): CustomerValues {
  return {
    name: customer?.name ?? '',
    phone: customer?.phone ?? '',
    email: customer?.email ?? '',
    address: customer?.address ?? '',
    language: customer?.language ?? '',
    credit_limit: customer?.credit_limit ?? '',
    version: customer?.version ?? 0,
  };
}

function toBody({
  name,
  phone,
  email,
  address,
  language,
  credit_limit: limit,
}: CustomerValues): Required<NewCustomerBody> {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    name: name.trim(),
    phone: readPhone(phone),
    email: orNull(email),
    address: orNull(address),
    language: isLanguage(language) ? language : null,
    credit_limit: limit === '' ? null : limit,
  };
}

function CustomerForm({ customer, onClose }: { customer: CustomerWire | undefined; onClose: () => void }) {
  const words = useWords(customerWords);
  const errors = useWords(errorWords);
  const navigate = useNavigate();
  const newest = valuesOf(customer);
  const addCustomer = useAddCustomer();
  const needed = (text: string) => (text.trim() === '' ? errors('ruleRequired') : null);
  const state = useShopForm({
    initial: newest,
    draft: `customer.${customer?.id ?? 'new'}`,
    check: ({ name, phone }) => ({ name: needed(name), phone: needed(phone) }),
    place: (error, values) =>
      placeTakenPhone(error, values, ({ id }) => {
        state.startAfresh();
        void navigate({
          to: '/customers/$customerId',
          params: { customerId: id },
          search: (before: CustomerSearch) => ({ ...before, show: undefined, add: undefined }),
          replace: customer === undefined,
        });
      }),
    send: async (values) => {
      if (customer === undefined) {
        const { id, name } = await addCustomer(toBody(values));
        toast(words('added', { name }));
        await navigate({ to: '/customers/$customerId', params: { customerId: id }, replace: true });
        return;
      }
      const { name } = await changeCustomer(customer.id, toBody(values), values.version);
      toast(words('changed', { name }));
      onClose();
    },
  });
  const { form } = state;
  return (
    <ShopForm state={state} action={words(customer === undefined ? 'add' : 'edit')} onCancel={onClose}>
      <ConflictNotice state={state} newest={newest} />
      <TextInput
        label={words('named')}
        required
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={words('phone')}
        required
        type="tel"
        autoComplete="off"
        {...form.getInputProps('phone')}
      />
      <RupeesInput
        label={words('limit')}
        description={words('limitHint')}
        {...form.getInputProps('credit_limit')}
      />
      <Select
        label={words('language')}
        allowDeselect={false}
        data={[
          { value: '', label: words('shopLanguage') },
          ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
        ]}
        {...form.getInputProps('language')}
      />
      <TextInput label={words('email')} type="email" autoComplete="off" {...form.getInputProps('email')} />
      <Textarea label={words('address')} autosize minRows={2} {...form.getInputProps('address')} />
    </ShopForm>
  );
}
