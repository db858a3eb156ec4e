import { Button, Group, SegmentedControl, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { OrderWire } from '../../../../server/src/contract/order.ts';
import { errorText } from '../../api/error-text.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { noteText } from './note-text.ts';
import { addNote } from './order-queries.ts';
import styles from './orders.module.css';
import { orderWords } from './words/order-words.ts';

/** Notes for the shop and for the customer; what is added stays, with its time. */
export function OrderNotes({ order }: { order: OrderWire }) {
  const words = useWords(orderWords);
  const errors = useWords(errorWords);
  const canWrite = useCan('orders.write');
  const [forCustomer, setForCustomer] = useState(false);
  const state = useShopForm({
    initial: { note: '' },
    draft: `order.${order.id}.note`,
    check: ({ note }) => ({ note: note.trim() === '' ? errors('ruleRequired') : null }),
    send: async ({ note }) => {
      await addNote(order.id, note.trim(), forCustomer);
      state.startAfresh();
    },
  });
  const written = [
    { title: words('forCustomer'), text: order.notes },
    { title: words('forShop'), text: order.admin_notes },
  ].filter(({ text }) => text !== '');
  return (
    <Sheet title={words('notes')} className={styles.sheet}>
      <div className={styles.notes}>
        {written.map(({ title, text }) => (
          <div key={title}>
            <div className="muted">{title}</div>
            <p className={styles.note}>{noteText(text, formatDateTime)}</p>
          </div>
        ))}
        {written.length === 0 ? <span className="muted">{words('noNotes')}</span> : null}
        {canWrite ? (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              state.submit();
            }}
          >
            <Textarea
              aria-label={words('addNote')}
              placeholder={words('addNote')}
              autosize
              minRows={1}
              {...state.form.getInputProps('note')}
            />
            {state.problem === null ? null : (
              <p className="out" role="alert">
                {errorText(state.problem)}
              </p>
            )}
            <Group mt={8} justify="space-between">
              <SegmentedControl
                size="xs"
                aria-label={words('noteFor')}
                value={forCustomer ? 'customer' : 'shop'}
                onChange={(value) => setForCustomer(value === 'customer')}
                data={[
                  { value: 'shop', label: words('forShop') },
                  { value: 'customer', label: words('forCustomer') },
                ]}
              />
              <Button type="submit" variant="default" loading={state.working}>
                {words('addNote')}
              </Button>
            </Group>
          </form>
        ) : null}
      </div>
    </Sheet>
  );
}
