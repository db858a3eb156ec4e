import { Select } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { FigureInput } from '../../ui/form/figure-input.tsx';
import { useWords } from '../../words/say.ts';
import { MAKING_TYPES } from './product-values.ts';
import { productWords } from './words/product-words.ts';

interface MakingFieldsProps<V extends { making_type: string | null; making_value: number | '' }> {
  form: UseFormReturnType<V>;
  placeholder?: string;
  /** Whether no kind at all may be chosen. */
  clearable?: boolean;
  /** Keeps the second field's place while there is none. */
  keepsPlace?: boolean;
}

/** How the making is charged, and how much, where that is a matter of the piece. */
export function MakingFields<V extends { making_type: string | null; making_value: number | '' }>(
  props: MakingFieldsProps<V>,
) {
  const { form, placeholder, clearable = false, keepsPlace = false } = props;
  const words = useWords(productWords);
  const { making_type: making } = form.values;
  const isPercent = making === 'percent';
  const hasValue = making !== null && making !== 'shop';
  return (
    <>
      <Select
        label={words('making')}
        placeholder={placeholder}
        clearable={clearable}
        allowDeselect={clearable}
        data={MAKING_TYPES.map((value) => ({ value, label: words(`making_${value}`) }))}
        {...form.getInputProps('making_type')}
      />
      {hasValue ? (
        <FigureInput
          example={isPercent ? '12.5' : '9,30,451.20'}
          label={words(isPercent ? 'makingPercent' : 'makingRupees')}
          required
          leftSection={isPercent ? null : '₹'}
          rightSection={isPercent ? '%' : null}
          decimalScale={2}
          thousandSeparator=","
          thousandsGroupStyle="lakh"
          {...form.getInputProps('making_value')}
        />
      ) : null}
      {!hasValue && keepsPlace ? <span /> : null}
    </>
  );
}
