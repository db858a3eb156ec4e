import { Select, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { ReactNode } from 'react';
import { CountInput, GramsInput, RupeesInput } from '../../ui/form/rupees-input.tsx';
import { useWords } from '../../words/say.ts';
import { MakingFields } from './making-fields.tsx';
import { CATEGORIES } from './product-search.ts';
import { type ProductValues, PURITIES, purityName } from './product-values.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

interface ProductFieldsProps {
  form: UseFormReturnType<ProductValues>;
  /** The price's working, where it has no place beside the fields. */
  price: ReactNode;
}

export function ProductFields({ form, price }: ProductFieldsProps) {
  const words = useWords(productWords);
  return (
    <>
      <TextInput
        label={words('name')}
        required
        autoComplete="off"
        {...(form.values.version === 0 ? { 'data-autofocus': true } : {})}
        {...form.getInputProps('name')}
      />
      <div className={styles.pair}>
        <Select
          label={words('category')}
          required
          searchable
          allowDeselect={false}
          data={CATEGORIES.map((value) => ({ value, label: words(value) }))}
          {...form.getInputProps('category')}
        />
        <Select
          label={words('purity')}
          allowDeselect={false}
          data={PURITIES.map((value) => ({ value, label: purityName(value) }))}
          {...form.getInputProps('gold_purity')}
        />
        <GramsInput label={words('netWeight')} required {...form.getInputProps('weight')} />
        <RupeesInput label={words('stones')} {...form.getInputProps('stones_amount')} />
        <MakingFields form={form} keepsPlace />
      </div>
      {price}
      <div className={styles.pair}>
        <RupeesInput
          label={words('listPrice')}
          description={words('listPriceHint')}
          required
          {...form.getInputProps('base_price')}
        />
        <CountInput
          label={words('stock')}
          description={words('stockHint')}
          required
          min={0}
          {...form.getInputProps('stock_quantity')}
        />
      </div>
      <Textarea
        label={words('description')}
        autosize
        minRows={2}
        maxRows={8}
        {...form.getInputProps('description')}
      />
    </>
  );
}
