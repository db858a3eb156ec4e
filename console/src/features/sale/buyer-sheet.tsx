import { Button, TextInput } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useCan } from '../../api/use-session.ts';
import { formatRupees } from '../../format/money.ts';
import { formatPhone, looksLikePhone, readPhone } from '../../format/phone.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { Picker } from '../../ui/picker/picker.tsx';
import { Keys } from '../../ui/shortcuts/keys.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { useCreditLimit } from '../customers/credit-limit.ts';
import { findCustomers } from '../customers/customer-queries.ts';
import { placeTakenPhone, useAddCustomer } from '../customers/taken-phone.tsx';
import styles from './sale.module.css';
import type { SaleInTheMaking } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

type Buyer = { id: string; name: string };

/** Who buys: found by name or phone, or made on the spot. */
export function BuyerSheet({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  const mayAdd = useCan('customers.write');
  const { form } = sale.state;
  const buyer = sale.values.customer;
  const field = useRef<HTMLInputElement>(null);
  const [isChanging, setIsChanging] = useState(false);
  const [added, setAdded] = useState<string | null>(null);
  const isPicking = buyer === null || isChanging;
  const change = () => {
    // At once: the next key that is pressed is the first letter of the name already.
    flushSync(() => setIsChanging(true));
    field.current?.focus();
  };
  const pick = ({ id, name }: Buyer) => {
    form.setFieldValue('customer', { id, name });
    setIsChanging(false);
    // On to the pieces.
    document.querySelector<HTMLElement>('[data-path="lines"]')?.focus();
  };
  useShortcut('c', words('changeCustomer'), change);
  return (
    <Sheet className={styles.buyer}>
      {isPicking ? (
        <Picker
          label={words('findCustomer')}
          noun="customers"
          path="customer"
          inputRef={field}
          icon={<IconUser size={18} stroke={1.6} aria-hidden="true" />}
          keys={<Keys keys="c" />}
          nothing={words('noCustomer')}
          error={form.errors.customer}
          find={async (text, signal) =>
            (await findCustomers(text, signal)).slice(0, 8).map((thing) => ({
              id: thing.id,
              title: thing.name,
              note: `${formatPhone(thing.phone_e164)} · ${formatRupees(thing.current_balance)}`,
              thing,
            }))
          }
          onPick={pick}
          {...(mayAdd ? { other: { title: (text) => words('newCustomer', { text }), run: setAdded } } : {})}
        />
      ) : (
        <div className={styles.chosen}>
          <IconUser size={20} stroke={1.6} aria-hidden="true" />
          <BuyerFacts sale={sale} buyer={buyer} />
          <Button variant="default" onClick={change} rightSection={<Keys keys="c" />}>
            {words('change')}
          </Button>
        </div>
      )}
      <Dialog opened={added !== null} title={words('newCustomerTitle')} onClose={() => setAdded(null)}>
        {added === null ? null : <NewBuyer typed={added} onClose={() => setAdded(null)} onAdded={pick} />}
      </Dialog>
    </Sheet>
  );
}

function BuyerFacts({ sale, buyer }: { sale: SaleInTheMaking; buyer: Buyer }) {
  const { customer } = sale;
  return (
    <div className={styles.facts}>
      <div>
        <b>{customer?.name ?? buyer.name}</b>{' '}
        <span className="muted figures nowrap">
          {customer === undefined ? '' : formatPhone(customer.phone_e164)}
        </span>
      </div>
      <div className="muted">{customer === undefined ? '\u00a0' : <Khata customer={customer} />}</div>
    </div>
  );
}

function Khata({ customer }: { customer: NonNullable<SaleInTheMaking['customer']> }) {
  const words = useWords(saleWords);
  const { limit } = useCreditLimit(customer);
  const { current_balance: balance } = customer;
  const amount = formatRupees(Math.abs(balance));
  const stands = balance === 0 ? words('isClear') : words(balance > 0 ? 'owes' : 'hasCredit', { amount });
  if (limit === null) return stands;
  return `${stands}, ${words('limit', { amount: formatRupees(limit, { paise: false }) })}`;
}

interface NewBuyerProps {
  /** A name or a phone, whichever it looks like. */
  typed: string;
  onClose: () => void;
  onAdded: (buyer: Buyer) => void;
}

function NewBuyer({ typed, onClose, onAdded }: NewBuyerProps) {
  const words = useWords(saleWords);
  const errors = useWords(errorWords);
  const isPhone = looksLikePhone(typed);
  const needed = (text: string) => (text.trim() === '' ? errors('ruleRequired') : null);
  const addCustomer = useAddCustomer();
  const done = (buyer: Buyer) => {
    onClose();
    onAdded(buyer);
  };
  const state = useShopForm({
    initial: { name: isPhone ? '' : typed, phone: isPhone ? typed : '' },
    check: ({ name, phone }) => ({ name: needed(name), phone: needed(phone) }),
    place: (error, values) => placeTakenPhone(error, values, done),
    send: async ({ name, phone }) => {
      done(await addCustomer({ name: name.trim(), phone: readPhone(phone) }));
    },
  });
  const { form } = state;
  return (
    <ShopForm state={state} action={words('addCustomer')} onCancel={onClose}>
      <TextInput
        label={words('name')}
        required
        data-autofocus={isPhone || undefined}
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TextInput
        label={words('phone')}
        required
        type="tel"
        data-autofocus={!isPhone || undefined}
        autoComplete="off"
        {...form.getInputProps('phone')}
      />
    </ShopForm>
  );
}
