import { type Static, Type } from 'typebox';
import { Amount, CashLimit, Instant, Nullable, OneOf, Rupees, SeenVersion, Shape, Text } from './fields.ts';
import { MakingChargeWire } from './making-charge.ts';

const MAX_PERCENT = 100;

/** Per cent with at most 2 decimals. */
function Percent(description: string) {
  return Type.Number({ minimum: 0, maximum: MAX_PERCENT, multipleOf: 0.01, description });
}

const guardFields = {
  hold_percent: Percent('A new rate further than this from the last one is held'),
  sigmas: Type.Integer({
    minimum: 1,
    maximum: 100,
    description: 'Or further than this many standard deviations',
  }),
  refuse_percent: Percent('Further than this it is refused unless confirmed'),
  confirm_percent: Percent('A second rate on another day within this of a held one releases it'),
};

const stoneFields = {
  rupees_per_dollar: Nullable(Type.Number({ minimum: 1, maximum: 10_000, multipleOf: 0.01 }), {
    description: 'For prices of stones; null: the latest month of the open exchange rates',
  }),
  market_factor: Type.Number({
    minimum: 0.01,
    maximum: 100,
    multipleOf: 0.0001,
    description:
      'What stones cost here beside the open data (dollars of about 2008); 30 prices of own stones take its place',
  }),
};

const fields = {
  shop_name: Text(200),
  shop_address: Type.String({ maxLength: 1000 }),
  shop_phone: Type.String({
    maxLength: 60,
    pattern: '^[+\\d\\s().,/-]*$',
    description: 'digits, spaces and + ( ) . , / - only',
  }),
  gstin: Nullable(
    Type.String({
      maxLength: 15,
      pattern: '^\\d{2}[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$',
      description: 'must be a GSTIN of 15 characters, such as 27ABCDE1234F1Z5',
    }),
  ),
  upi_id: Nullable(
    Type.String({
      maxLength: 255,
      pattern: '^[A-Za-z0-9._-]{2,190}@[A-Za-z][A-Za-z0-9]{1,63}$',
      description: 'must be a UPI id, such as swati@bank',
    }),
  ),
  language: OneOf(['en', 'hi', 'mr']),
  making_charge: MakingChargeWire,
  credit_rule: OneOf(['warn', 'refuse'], { description: 'What happens to a posting over the credit limit' }),
  credit_limit: Nullable(Rupees(), { description: 'For customers without a limit of their own; null: none' }),
  strict_stock: Type.Boolean({ description: 'Orders and sales of more than the stock are refused' }),
  totp_roles: Type.Array(OneOf(['admin', 'staff', 'user']), {
    maxItems: 3,
    description:
      'Accounts of these roles must set up sign-in codes before anything else; for an admin to change',
  }),
};

export const SettingsWire = Shape('Settings', {
  ...fields,
  guard: Type.Object(guardFields),
  stone_prices: Type.Object(stoneFields),
  credit_limit: Nullable(Amount),
  cash_limit: CashLimit,
  version: Type.Integer({ description: 'Rises with every change; send it back as If-Match' }),
  updated_at: Nullable(Instant, { description: 'null: never changed' }),
});
export type SettingsWire = Static<typeof SettingsWire>;

export const SettingsBody = Type.Partial(
  Type.Object({
    ...fields,
    guard: Type.Partial(Type.Object(guardFields)),
    stone_prices: Type.Partial(Type.Object(stoneFields)),
    version: SeenVersion,
  }),
  { examples: [{ upi_id: 'swati@bank', guard: { hold_percent: 5 }, version: 1 }] },
);
export type SettingsBody = Static<typeof SettingsBody>;
