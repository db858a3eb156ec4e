import { type Static, Type } from 'typebox';
import { OneOf, Rupees } from './fields.ts';

/** How the making charge is found, of a piece or for the whole shop. */
export const MakingChargeWire = Type.Object(
  {
    type: OneOf(['percent', 'per_gram', 'fixed']),
    value: Rupees({
      description: 'Per cent of the metal value (at most 1000), rupees a gram of net weight, or rupees',
    }),
  },
  { examples: [{ type: 'percent', value: 15 }] },
);
export type MakingChargeWire = Static<typeof MakingChargeWire>;
