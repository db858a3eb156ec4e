import type { Translated } from '../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = { lakh: '{amount} लाख', crore: '{amount} कोटी' };
