import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = {
  nextRow: 'पुढची ओळ',
  previousRow: 'आधीची ओळ',
  choose: '{name} निवडा',
  chooseAll: 'सर्व निवडा',
};
