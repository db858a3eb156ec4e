import { ActionIcon } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { AmountInput } from '../../ui/form/amount-input.tsx';
import { focusField } from '../../ui/form/focus-on-arrival.ts';
import { CountInput } from '../../ui/form/rupees-input.tsx';
import { useWords } from '../../words/say.ts';
import type { OrderLine, PricedLine } from './order-form.ts';
import styles from './orders.module.css';
import { orderWords } from './words/order-words.ts';

interface OrderLinesProps {
  lines: readonly PricedLine[];
  /** By path, such as `lines.0.price`. */
  errors: Readonly<Record<string, ReactNode>>;
  onChange: (index: number, changes: Partial<OrderLine>) => void;
  onTakeOut: (index: number) => void;
}

/** The pieces of an order that is being typed: how many, and at which price. */
export function OrderLines({ lines, errors, onChange, onTakeOut }: OrderLinesProps) {
  const words = useWords(orderWords);
  const change = (index: number, field: 'quantity' | 'price', typed: string | number) => {
    const value = typed === '' ? '' : Number(typed);
    // A field tells of its own formatting too; only what a person typed makes a price of its own.
    if (lines[index]?.[field] !== value) onChange(index, { [field]: value });
  };
  if (lines.length === 0) return null;
  return (
    <ul className={styles.lines}>
      <li className={`${styles.line} ${styles.heads}`} aria-hidden="true">
        <span className={styles.lineName}>{words('piece')}</span>
        <span>{words('quantity')}</span>
        <span>{words('each')}</span>
      </li>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: one piece may stand in two lines.
        <li key={index} className={styles.line}>
          <span className={styles.lineName}>{line.name}</span>
          <CountInput
            aria-label={words('quantityOf', { name: line.name })}
            min={1}
            max={10_000}
            clampBehavior="blur"
            value={line.quantity}
            data-path={`lines.${index}.quantity`}
            onChange={(quantity) => change(index, 'quantity', quantity)}
            error={errors[`lines.${index}.quantity`]}
          />
          <AmountInput
            aria-label={words('priceOf', { name: line.name })}
            value={line.price}
            data-path={`lines.${index}.price`}
            onChange={(price) => change(index, 'price', price)}
            error={errors[`lines.${index}.price`]}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={words('takeOut', { name: line.name })}
            onClick={() => {
              onTakeOut(index);
              // The button that was pressed goes.
              focusField('lines');
            }}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
