import type { SettingsBody, SettingsWire } from '../../../../server/src/contract/settings.ts';
import type { Versioned } from '../../ui/form/conflict-notice.tsx';
import { type FieldPath, type ShopFormState, useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { changeSettings } from './settings-queries.ts';
import { settingsWords } from './words/settings-words.ts';

interface SettingsFormOptions<V extends Versioned> {
  settings: SettingsWire;
  draft: string;
  valuesOf: (settings: SettingsWire) => V;
  toBody: (values: V) => SettingsBody;
  /** The form's fields by the server's names, where they differ. */
  fields?: Record<string, keyof V & string>;
  check?: (values: V) => Partial<Record<FieldPath<V>, string | null>>;
}

/** One part of the settings as a form; what another person changed meanwhile is told by its version. */
export function useSettingsForm<V extends Versioned>(options: SettingsFormOptions<V>): ShopFormState<V> {
  const { settings, draft, valuesOf, toBody, fields, check } = options;
  const words = useWords(settingsWords);
  const state = useShopForm<V>({
    initial: valuesOf(settings),
    draft,
    ...(fields === undefined ? {} : { fields }),
    ...(check === undefined ? {} : { check }),
    send: async (values) => {
      const changed = valuesOf(await changeSettings(toBody(values), values.version));
      form.setInitialValues(changed);
      form.setValues({ version: changed.version } as Partial<V>);
      toast(words('saved'));
    },
  });
  const { form } = state;
  return state;
}
