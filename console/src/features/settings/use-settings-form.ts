import { useState } from 'react';
import type { SettingsBody, SettingsWire } from '../../../../server/src/contract/settings.ts';
import { laidOver } from '../../ui/form/laid-over.ts';
import { type FieldPath, type ShopFormState, useShopForm } from '../../ui/form/use-shop-form.ts';
import { toast } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { changeSettings } from './settings-queries.ts';
import { settingsWords } from './words/settings-words.ts';

interface SettingsFormOptions<V extends object> {
  settings: SettingsWire;
  draft: string;
  valuesOf: (settings: SettingsWire) => V;
  toBody: (values: V) => SettingsBody;
  /** The form's fields by the server's names, where they differ. */
  fields?: Record<string, keyof V & string>;
  check?: (values: V) => Partial<Record<FieldPath<V>, string | null>>;
}

/** One part of the settings as a form: what another person changed meanwhile is shown before it is overwritten. */
export function useSettingsForm<V extends object>(
  options: SettingsFormOptions<V>,
): {
  state: ShopFormState<V>;
  conflict: { seen: number; current: number; onTake: () => void; onKeep: () => void };
} {
  const { settings, draft, valuesOf, toBody, fields, check } = options;
  const words = useWords(settingsWords);
  // What the form was filled from, with its version.
  const [from, setFrom] = useState(settings);
  const state = useShopForm<V>({
    initial: valuesOf(settings),
    draft,
    ...(fields === undefined ? {} : { fields }),
    ...(check === undefined ? {} : { check }),
    send: async (values) => {
      const changed = await changeSettings(toBody(values), from.version);
      setFrom(changed);
      state.form.setInitialValues(valuesOf(changed));
      toast(words('saved'));
    },
  });
  return {
    state,
    conflict: {
      seen: from.version,
      current: settings.version,
      onTake: () => {
        state.form.setValues(valuesOf(settings));
        setFrom(settings);
      },
      onKeep: () => {
        state.form.setValues(laidOver(state.form.getValues(), valuesOf(from), valuesOf(settings)));
        setFrom(settings);
      },
    },
  };
}
