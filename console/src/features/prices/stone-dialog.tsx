import { Select } from '@mantine/core';
import type { NewDiamondPriceBody } from '../../../../server/src/contract/price.ts';
import { formatRupees } from '../../format/money.ts';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { FigureInput } from '../../ui/form/figure-input.tsx';
import { RupeesInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { CLARITIES, COLORS, CUTS } from '../forecasts/forecast-search.ts';
import { recordStone } from './stone-queries.ts';
import { priceWords } from './words/price-words.ts';

interface StoneDialogProps {
  opened: boolean;
  onClose: () => void;
}

export function StoneDialog({ opened, onClose }: StoneDialogProps) {
  const words = useWords(priceWords);
  return (
    <Dialog opened={opened} title={words('addStone')} onClose={onClose}>
      <StoneForm onClose={onClose} />
    </Dialog>
  );
}

const EMPTY = {
  carat: '' as number | '',
  cut: 'Ideal' as NewDiamondPriceBody['cut'],
  color: 'G' as NewDiamondPriceBody['color'],
  clarity: 'VS2' as NewDiamondPriceBody['clarity'],
  price: '' as number | '',
};
const GRADES = { cut: CUTS, color: COLORS, clarity: CLARITIES } as const;

function StoneForm({ onClose }: { onClose: () => void }) {
  const words = useWords(priceWords);
  const state = useShopForm({
    initial: EMPTY,
    draft: 'price.stone',
    send: async (values) => {
      // What is missing is said by the server, beside its field.
      const { carat, price, ...grades } = values;
      await recordStone({
        ...grades,
        carat: carat === '' ? 0 : carat,
        price: price === '' ? 0 : price,
      });
      toast(words('stoneRecorded', { amount: formatRupees(Number(price)) }));
      onClose();
    },
  });
  const { form } = state;
  return (
    <ShopForm state={state} action={words('addStone')} onCancel={onClose}>
      <FigureInput
        example="0.71"
        label={words('carat')}
        required
        data-autofocus
        decimalScale={2}
        rightSection="ct"
        {...form.getInputProps('carat')}
      />
      {(Object.keys(GRADES) as (keyof typeof GRADES)[]).map((name) => (
        <Select
          key={name}
          label={words(name)}
          allowDeselect={false}
          data={[...GRADES[name]]}
          {...form.getInputProps(name)}
        />
      ))}
      <RupeesInput label={words('stonePaid')} required {...form.getInputProps('price')} />
    </ShopForm>
  );
}
