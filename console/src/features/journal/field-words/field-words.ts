import { wordSet } from '../../../words/word-set.ts';
import { en } from './en.ts';

/** The journal's names of fields, and what is said of their values. */
export const fieldWords = wordSet(en, {
  hi: () => import('./hi.ts').then(({ hi }) => hi),
  mr: () => import('./mr.ts').then(({ mr }) => mr),
});
