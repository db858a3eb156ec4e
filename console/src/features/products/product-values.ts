// The form's values of a piece, and what of them is sent.

import type {
  NewProductBody,
  PriceBody,
  ProductChangesBody,
  ProductWire,
} from '../../../../server/src/contract/product.ts';

type Maybe = number | '';

export interface ProductValues {
  name: string;
  category: string;
  weight: Maybe;
  gold_purity: string;
  /** `shop`: the shop's rule. */
  making_type: string;
  making_value: Maybe;
  stones_amount: Maybe;
  base_price: Maybe;
  stock_quantity: Maybe;
  description: string;
  image_url: string;
  /** The version that the form was filled from; a draft brings its own, so that an old one is noticed. */
  version: number;
}

export const MAKING_TYPES = ['shop', 'percent', 'per_gram', 'fixed'] as const;

const NEW: ProductValues = {
  name: '',
  category: '',
  weight: '',
  gold_purity: '916',
  making_type: 'shop',
  making_value: '',
  stones_amount: '',
  base_price: '',
  stock_quantity: 1,
  description: '',
  image_url: '',
  version: 0,
};

export function valuesOf(product: ProductWire | undefined): ProductValues {
  if (product === undefined) return NEW;
  const { name, category, weight, gold_purity, base_price, stock_quantity, description, image_url } = product;
  return {
    name,
    category,
    weight,
    gold_purity,
    making_type: product.making_charge?.type ?? 'shop',
    making_value: product.making_charge?.value ?? '',
    stones_amount: product.stones_amount === 0 ? '' : product.stones_amount,
    base_price,
    stock_quantity,
    description,
    image_url,
    version: product.version,
  };
}

function makingOf({ making_type: type, making_value: value }: ProductValues): ProductWire['making_charge'] {
  if (type === 'shop' || value === '') return null;
  return { type: type as 'percent', value };
}

/** The values have passed the form's own check, so that what is needed is there. */
export function toBody(values: ProductValues): Required<Omit<NewProductBody, 'status'>> {
  return {
    name: values.name.trim(),
    category: values.category as NewProductBody['category'],
    base_price: Number(values.base_price),
    weight: Number(values.weight),
    gold_purity: values.gold_purity,
    description: values.description.trim(),
    image_url: values.image_url,
    stock_quantity: Number(values.stock_quantity),
    making_charge: makingOf(values),
    stones_amount: Number(values.stones_amount),
  };
}

/** Only what was changed: a piece that is sold while its text is corrected must not get its old stock back. */
export function changesOf(values: ProductValues, from: ProductValues): ProductChangesBody {
  const before = toBody(from);
  const changed = Object.entries(toBody(values)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
  );
  return Object.fromEntries(changed);
}

/** Null while the price cannot be reckoned yet. */
export function toPriceBody(values: ProductValues): PriceBody | null {
  const { weight, base_price: price, stones_amount: stones } = values;
  if (weight === '' || weight <= 0) return null;
  return {
    weight,
    gold_purity: values.gold_purity,
    base_price: Number(price),
    making_charge: makingOf(values),
    stones_amount: Number(stones),
  };
}

export const PURITIES = ['916', '750', '585'] as const;
