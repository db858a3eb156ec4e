// How the shop reckons and what it allows: making charge, credit, stock, the guard of the rates, stones in rupees.

import { Select, Switch } from '@mantine/core';
import type { SettingsBody, SettingsWire } from '../../../../server/src/contract/settings.ts';
import { useCan } from '../../api/use-session.ts';
import { ConflictNotice, type Versioned } from '../../ui/form/conflict-notice.tsx';
import { FigureInput } from '../../ui/form/figure-input.tsx';
import { RupeesInput } from '../../ui/form/rupees-input.tsx';
import { ShopForm } from '../../ui/form/shop-form.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { NoPermission } from '../../ui/states/states.tsx';
import { errorWords } from '../../words/errors/error-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './settings.module.css';
import { useSettings } from './settings-queries.ts';
import { useSettingsForm } from './use-settings-form.ts';
import { settingsWords } from './words/settings-words.ts';

type Maybe = number | '';

interface RuleValues extends Versioned {
  making_type: string;
  making_value: Maybe;
  credit_rule: string;
  credit_limit: Maybe;
  strict_stock: boolean;
  hold_percent: Maybe;
  sigmas: Maybe;
  refuse_percent: Maybe;
  confirm_percent: Maybe;
  rupees_per_dollar: Maybe;
  market_factor: Maybe;
}

function valuesOf(settings: SettingsWire): RuleValues {
  const { making_charge: making, stone_prices: stones } = settings;
  return {
    making_type: making.type,
    making_value: making.value,
    credit_rule: settings.credit_rule,
    credit_limit: settings.credit_limit ?? '',
    strict_stock: settings.strict_stock,
    ...settings.guard,
    rupees_per_dollar: stones.rupees_per_dollar ?? '',
    market_factor: stones.market_factor,
    version: settings.version,
  };
}

/** An empty field that must have a number goes as it is: the server names it. */
function toBody(values: RuleValues): SettingsBody {
  const orNull = (value: Maybe) => (value === '' ? null : value);
  const { hold_percent, sigmas, refuse_percent, confirm_percent } = values;
  return {
    making_charge: { type: values.making_type, value: orNull(values.making_value) },
    credit_rule: values.credit_rule,
    credit_limit: orNull(values.credit_limit),
    strict_stock: values.strict_stock,
    guard: {
      hold_percent: orNull(hold_percent),
      sigmas: orNull(sigmas),
      refuse_percent: orNull(refuse_percent),
      confirm_percent: orNull(confirm_percent),
    },
    stone_prices: {
      rupees_per_dollar: orNull(values.rupees_per_dollar),
      market_factor: orNull(values.market_factor),
    },
  } as SettingsBody;
}

const FIELDS = {
  'making_charge.type': 'making_type',
  'making_charge.value': 'making_value',
  'guard.hold_percent': 'hold_percent',
  'guard.sigmas': 'sigmas',
  'guard.refuse_percent': 'refuse_percent',
  'guard.confirm_percent': 'confirm_percent',
  'stone_prices.rupees_per_dollar': 'rupees_per_dollar',
  'stone_prices.market_factor': 'market_factor',
} as const;

export function RuleSettings() {
  const query = useSettings();
  if (!useCan('settings.read')) return <NoPermission />;
  return <QueryStates query={query}>{(settings) => <RuleSettingsForm settings={settings} />}</QueryStates>;
}

function RuleSettingsForm({ settings }: { settings: SettingsWire }) {
  const words = useWords(settingsWords);
  const errors = useWords(errorWords);
  const readOnly = !useCan('settings.write');
  const state = useSettingsForm({
    settings,
    draft: 'settings.rules',
    valuesOf,
    toBody,
    fields: FIELDS,
    // What is refused was held before, or the guard would never hold anything.
    check: ({ hold_percent: hold, refuse_percent: refuse }) => ({
      hold_percent:
        refuse !== '' && Number(hold) > Number(refuse)
          ? errors('ruleMaximum', { limit: Number(refuse) })
          : null,
    }),
  });
  const { form } = state;
  const number = (name: keyof RuleValues, suffix = '%') => (
    <FigureInput
      label={words(name as 'hold_percent')}
      description={words(`${name}Hint` as 'hold_percentHint')}
      example="12.5"
      rightSection={suffix}
      rightSectionWidth={suffix === '' ? 0 : 32}
      {...form.getInputProps(name)}
    />
  );
  const isPercent = form.values.making_type === 'percent';
  const MakingValue = isPercent ? FigureInput : RupeesInput;
  return (
    <Sheet title={words('partRules')}>
      <div className={styles.inside}>
        <ShopForm state={state} action={words('save')} readOnly={readOnly} label={words('partRules')}>
          <ConflictNotice state={state} newest={valuesOf(settings)} />
          <h3 className={styles.group}>{words('making')}</h3>
          <div className={styles.pair}>
            <Select
              label={words('makingType')}
              allowDeselect={false}
              data={(['percent', 'per_gram', 'fixed'] as const).map((value) => ({
                value,
                label: words(`making_${value}`),
              }))}
              {...form.getInputProps('making_type')}
            />
            <MakingValue
              label={words('makingValue')}
              example="12.5"
              {...(isPercent ? { rightSection: '%' } : {})}
              {...form.getInputProps('making_value')}
            />
          </div>
          <h3 className={styles.group}>{words('credit')}</h3>
          <Select
            label={words('creditRule')}
            allowDeselect={false}
            data={(['warn', 'refuse'] as const).map((value) => ({ value, label: words(`credit_${value}`) }))}
            {...form.getInputProps('credit_rule')}
          />
          <RupeesInput
            label={words('creditLimit')}
            description={words('creditLimitHint')}
            {...form.getInputProps('credit_limit')}
          />
          <h3 className={styles.group}>{words('stock')}</h3>
          <Switch
            label={words('strictStock')}
            description={words('strictStockHint')}
            {...form.getInputProps('strict_stock', { type: 'checkbox' })}
          />
          <h3 className={styles.group}>{words('guard')}</h3>
          {number('hold_percent')}
          {number('sigmas', '')}
          {number('refuse_percent')}
          {number('confirm_percent')}
          <h3 className={styles.group}>{words('stones')}</h3>
          {number('rupees_per_dollar', '₹')}
          {number('market_factor', '')}
        </ShopForm>
      </div>
    </Sheet>
  );
}
