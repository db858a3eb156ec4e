// Everything that a piece is, in one form: the fields, its picture, and its price reckoned as one types.

import { useEffect } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { fieldTexts } from '../../api/error-text.ts';
import { useCan } from '../../api/use-session.ts';
import { ConflictNotice } from '../../ui/form/conflict-notice.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { useShopForm } from '../../ui/form/use-shop-form.ts';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { useHasRail } from '../../ui/use-wide.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import { PictureField } from './picture-field.tsx';
import { PriceWorking } from './price-working.tsx';
import { ProductFields } from './product-fields.tsx';
import { usePriceWorking } from './product-queries.ts';
import { type ProductValues, toPriceBody, valuesOf } from './product-values.ts';
import styles from './products.module.css';
import { usePictureUpload } from './use-picture-upload.ts';

interface ProductFormProps {
  /** The saved piece, as new as it is known; a new one without it. */
  product?: ProductWire;
  action: string;
  onCancel?: () => void;
  /** Sends it. `from`: what the form was filled from. Resolves to the piece as it was saved. */
  send: (values: ProductValues, from: ProductValues) => Promise<ProductWire | undefined>;
}

export function ProductForm({ product, action, onCancel, send }: ProductFormProps) {
  const errors = useWords(errorWords);
  const canWrite = useCan('catalogue.write');
  const hasRoom = useHasRail();
  const newest = valuesOf(product);
  const needed = (value: unknown) => (String(value).trim() === '' ? errors('ruleRequired') : null);
  const upload = usePictureUpload((url) => form.setFieldValue('image_url', url));
  const state = useShopForm<ProductValues>({
    initial: newest,
    draft: `product.${product?.id ?? 'new'}`,
    fields: { 'making_charge.value': 'making_value', making_charge: 'making_value' },
    check: (values) => ({
      name: needed(values.name),
      category: needed(values.category),
      weight: needed(values.weight),
      base_price: needed(values.base_price),
      stock_quantity: needed(values.stock_quantity),
      making_value: values.making_type === 'shop' ? null : needed(values.making_value),
    }),
    send: async (values) => {
      const url = await upload.onItsWay();
      const whole = url === null ? values : { ...values, image_url: url };
      const saved = await send(whole, form.getInitialValues());
      if (saved) fill(valuesOf(saved));
    },
  });
  const { form } = state;
  // Also from the picture and the price, which stand beside the form.
  useShortcut('mod+Enter', action, state.submit, { when: canWrite });
  const fill = (values: ProductValues) => {
    form.setInitialValues(values);
    form.setValues(values);
    form.clearErrors();
  };
  const isUntouched = JSON.stringify(form.values) === JSON.stringify(form.getInitialValues());
  const isBehind = form.values.version < newest.version;
  const isOtherwiseSame = isBehind && differOnlyInVersion(form.values, form.getInitialValues(), newest);
  const { startAfresh } = state;
  // Somebody else's change shows at once where nothing was typed; else the notice asks. That the piece was published
  // changes nothing that is typed here.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what it waits for.
  useEffect(() => {
    if (isBehind && isUntouched && !state.restored) startAfresh();
    else if (isOtherwiseSame) {
      form.setInitialValues(newest);
      form.setFieldValue('version', newest.version);
    }
  }, [newest.version]);

  const body = toPriceBody(form.values);
  const working = usePriceWorking(body, product?.id);
  const { error: priceError } = working;
  // What the price cannot be reckoned from is marked where it was typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer is told once.
  useEffect(() => {
    form.setErrors((now) => ({ ...now, ...fieldTexts(priceError) }));
  }, [priceError]);
  const price = (
    <PriceWorking
      working={body === null ? undefined : working.data}
      error={working.error}
      {...(canWrite ? { onTake: (rupees: number) => form.setFieldValue('base_price', rupees) } : {})}
      listPrice={form.values.base_price}
    />
  );
  return (
    <div className={styles.form}>
      <ShopForm
        state={state}
        action={action}
        readOnly={!canWrite}
        {...(onCancel === undefined ? {} : { onCancel })}
      >
        {isOtherwiseSame ? null : <ConflictNotice state={state} newest={newest} />}
        {hasRoom ? null : <PictureField form={form} upload={upload} readOnly={!canWrite} />}
        <ProductFields form={form} price={hasRoom ? null : price} />
      </ShopForm>
      {hasRoom ? (
        <div className={styles.aside}>
          <PictureField form={form} upload={upload} readOnly={!canWrite} />
          {price}
        </div>
      ) : null}
    </div>
  );
}

/** Whether the newest version has all that the typed one was typed over. */
function differOnlyInVersion(typed: ProductValues, from: ProductValues, newest: ProductValues): boolean {
  const { version } = newest;
  return typed.version === from.version && JSON.stringify({ ...from, version }) === JSON.stringify(newest);
}
