import { wordSet } from '../../../words/word-set.ts';
import { en } from './en.ts';

export const analyticsWords = wordSet(en, {
  hi: () => import('./hi.ts').then(({ hi }) => hi),
  mr: () => import('./mr.ts').then(({ mr }) => mr),
});
