// The planted defects: each is one or a few pieces of the source and what is put in their place, in memory, in the
// processes of a control alone. They exist here only; proof.test.ts shows that each still fits the source and that none
// stands in the product.

import { OF_MONGO } from './defects/of-mongo.ts';
import { OF_THE_BOOKS } from './defects/of-the-books.ts';
import { OF_THE_DOOR } from './defects/of-the-door.ts';

export const DEFECTS = { ...OF_THE_BOOKS, ...OF_THE_DOOR, ...OF_MONGO };

export type DefectName = keyof typeof DEFECTS;
