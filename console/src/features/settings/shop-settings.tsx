// Who the shop is: name, address, tax number, UPI id. What stands on every paper.

import { Select, Textarea, TextInput } from '@mantine/core';
import type { SettingsBody, SettingsWire } from '../../../../server/src/contract/settings.ts';
import { useCan } from '../../api/use-session.ts';
import { readPhone } from '../../format/phone.ts';
import { ConflictNotice, type Versioned } from '../../ui/form/conflict-notice.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { NoPermission } from '../../ui/states/states.tsx';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../words/language.ts';
import { useWords } from '../../words/say.ts';
import styles from './settings.module.css';
import { useSettings } from './settings-queries.ts';
import { useSettingsForm } from './use-settings-form.ts';
import { settingsWords } from './words/settings-words.ts';

interface ShopValues extends Versioned {
  shop_name: string;
  shop_address: string;
  shop_phone: string;
  gstin: string;
  upi_id: string;
  language: string;
}

function valuesOf(settings: SettingsWire): ShopValues {
  const { shop_name, shop_address, shop_phone, gstin, upi_id, language, version } = settings;
  return { shop_name, shop_address, shop_phone, gstin: gstin ?? '', upi_id: upi_id ?? '', language, version };
}

function toBody(values: ShopValues): SettingsBody {
  const orNull = (text: string) => (text.trim() === '' ? null : text.trim());
  return {
    shop_name: values.shop_name.trim(),
    shop_address: values.shop_address.trim(),
    shop_phone: readPhone(values.shop_phone),
    gstin: orNull(values.gstin.toUpperCase()),
    upi_id: orNull(values.upi_id),
    language: values.language as Language,
  };
}

export function ShopSettings() {
  const query = useSettings();
  if (!useCan('settings.read')) return <NoPermission />;
  return <QueryStates query={query}>{(settings) => <ShopSettingsForm settings={settings} />}</QueryStates>;
}

function ShopSettingsForm({ settings }: { settings: SettingsWire }) {
  const words = useWords(settingsWords);
  const readOnly = !useCan('settings.write');
  const state = useSettingsForm({ settings, draft: 'settings.shop', valuesOf, toBody });
  const { form } = state;
  return (
    <Sheet title={words('partShop')} note={words('shopNote')}>
      <div className={styles.inside}>
        <ShopForm state={state} action={words('save')} readOnly={readOnly} label={words('partShop')}>
          <ConflictNotice state={state} newest={valuesOf(settings)} />
          <TextInput label={words('shopName')} required {...form.getInputProps('shop_name')} />
          <Textarea
            label={words('shopAddress')}
            autosize
            minRows={2}
            {...form.getInputProps('shop_address')}
          />
          <TextInput label={words('shopPhone')} type="tel" {...form.getInputProps('shop_phone')} />
          <TextInput
            label={words('gstin')}
            description={words('gstinHint')}
            {...form.getInputProps('gstin')}
          />
          <TextInput
            label={words('upiId')}
            description={words('upiHint')}
            {...form.getInputProps('upi_id')}
          />
          <Select
            label={words('language')}
            description={words('languageHint')}
            allowDeselect={false}
            data={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            {...form.getInputProps('language')}
          />
        </ShopForm>
      </div>
    </Sheet>
  );
}
