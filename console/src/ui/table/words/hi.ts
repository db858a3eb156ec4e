import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = {
  nextRow: 'अगली पंक्ति',
  previousRow: 'पिछली पंक्ति',
  choose: '{name} चुनें',
  chooseAll: 'सभी चुनें',
};
