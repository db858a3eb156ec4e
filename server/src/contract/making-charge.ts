import { type Static, Type } from 'typebox';
import { OneOf } from './fields.ts';

/** How the making charge is found, of a piece or for the whole shop. */
export const MakingChargeWire = Type.Object(
  {
    type: OneOf(['percent', 'per_gram', 'fixed']),
    value: Type.Number({
      minimum: 0,
      maximum: 10_000_000_000,
      multipleOf: 0.01,
      description: 'Per cent of the metal value (at most 1000), rupees a gram of net weight, or rupees',
    }),
  },
  { examples: [{ type: 'percent', value: 15 }] },
);
export type MakingChargeWire = Static<typeof MakingChargeWire>;
