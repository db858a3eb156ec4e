import { Select, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { type ReactNode, useState } from 'react';
import { goldPurity } from '../../format/purity.ts';
import { CountInput, GramsInput, RupeesInput } from '../../ui/form/rupees-input.tsx';
import { namedFirst } from '../../ui/picker/named-first.ts';
import { useWords } from '../../words/say.ts';
import { MakingFields } from './making-fields.tsx';
import { CATEGORIES } from './product-search.ts';
import { type ProductValues, PURITIES } from './product-values.ts';
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
        <CategorySelect form={form} />
        <Select
          label={words('purity')}
          allowDeselect={false}
          data={PURITIES.map((value) => ({ value, label: goldPurity(value) }))}
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

/**
 * What is typed finds it by its name: Enter takes the first, also where the list is not there yet, and leaving the field
 * what was typed in full.
 */
function CategorySelect({ form }: { form: UseFormReturnType<ProductValues> }) {
  const words = useWords(productWords);
  const data = CATEGORIES.map((value) => ({ value, label: words(value) }));
  const [search, setSearch] = useState(
    () => data.find(({ value }) => value === form.values.category)?.label ?? '',
  );
  const found = (text: string) => {
    const fitting = data.filter(({ label }) => plain(label).includes(plain(text)));
    return namedFirst(fitting, text, ({ label }) => label);
  };
  const take = (text: string): void => {
    const [first] = found(text);
    if (first === undefined) return;
    form.setFieldValue('category', first.value);
    setSearch(first.label);
  };
  return (
    <Select
      label={words('category')}
      required
      searchable
      searchValue={search}
      onSearchChange={setSearch}
      selectFirstOptionOnChange
      allowDeselect={false}
      data={data}
      filter={({ search: text }) => found(text)}
      {...form.getInputProps('category')}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.currentTarget.getAttribute('aria-expanded') !== 'true') return;
        // One that the arrows have chosen is taken after this.
        event.preventDefault();
        take(search);
      }}
      onBlur={({ currentTarget: { value: text } }) => {
        if (data.some(({ label }) => plain(label) === plain(text))) take(text);
      }}
    />
  );
}

function plain(text: string): string {
  return text.trim().toLowerCase();
}
