// The same category, purity, making charge or stock for many pieces. What is left empty stays as it is, piece by piece.

import { Select, Text } from '@mantine/core';
import { goldPurity } from '../../format/purity.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { CountInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { useWords } from '../../words/say.ts';
import type { ManyChanges } from './change-many.ts';
import { MakingFields } from './making-fields.tsx';
import { CATEGORIES } from './product-search.ts';
import { PURITIES } from './product-values.ts';
import { productWords } from './words/product-words.ts';

const AS_THEY_ARE = {
  category: null as string | null,
  gold_purity: null as string | null,
  making_type: null as string | null,
  making_value: '' as number | '',
  stock_quantity: '' as number | '',
};
type Values = typeof AS_THEY_ARE;

/** Where the server's names of the fields stand in this form. */
const FIELDS = {
  'changes.category': 'category',
  'changes.gold_purity': 'gold_purity',
  'changes.making_charge': 'making_type',
  'changes.making_charge.value': 'making_value',
  'changes.stock_quantity': 'stock_quantity',
} as const;

function changesOf({ category, gold_purity, making_type: making, ...numbers }: Values): ManyChanges {
  const { making_value: value, stock_quantity: stock } = numbers;
  return {
    ...(category === null ? {} : { category: category as NonNullable<ManyChanges['category']> }),
    ...(gold_purity === null ? {} : { gold_purity }),
    ...(making === null
      ? {}
      : { making_charge: making === 'shop' ? null : { type: making as 'percent', value: Number(value) } }),
    ...(stock === '' ? {} : { stock_quantity: stock }),
  };
}

interface EditManyDialogProps {
  count: number;
  opened: boolean;
  edit: (changes: ManyChanges) => Promise<void>;
  onClose: () => void;
}

export function EditManyDialog({ count, opened, edit, onClose }: EditManyDialogProps) {
  const words = useWords(productWords);
  return (
    <Dialog opened={opened} title={words('editMany', { count })} onClose={onClose}>
      <EditManyForm count={count} edit={edit} onClose={onClose} />
    </Dialog>
  );
}

function EditManyForm({ count, edit, onClose }: Omit<EditManyDialogProps, 'opened'>) {
  const words = useWords(productWords);
  const state = useShopForm({
    initial: AS_THEY_ARE,
    fields: FIELDS,
    check: (values) => ({
      category: Object.keys(changesOf(values)).length === 0 ? words('editNothing') : null,
      making_value:
        values.making_type !== null && values.making_type !== 'shop' && values.making_value === ''
          ? words('makingNeeded')
          : null,
    }),
    send: async (values) => {
      await edit(changesOf(values));
      onClose();
    },
  });
  const { form } = state;
  const asItIs = { placeholder: words('asItIs'), clearable: true };
  return (
    <ShopForm state={state} action={words('editMany', { count })} onCancel={onClose}>
      <Text c="dimmed" size="sm">
        {words('editHint')}
      </Text>
      <Select
        {...asItIs}
        label={words('category')}
        data-autofocus
        data={CATEGORIES.map((value) => ({ value, label: words(value) }))}
        {...form.getInputProps('category')}
      />
      <Select
        {...asItIs}
        label={words('purity')}
        data={PURITIES.map((value) => ({ value, label: goldPurity(value) }))}
        {...form.getInputProps('gold_purity')}
      />
      <MakingFields form={form} {...asItIs} />
      <CountInput
        label={words('stock')}
        placeholder={words('asItIs')}
        min={0}
        {...form.getInputProps('stock_quantity')}
      />
    </ShopForm>
  );
}
