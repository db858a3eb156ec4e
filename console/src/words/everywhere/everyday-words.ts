import { wordSet } from '../word-set.ts';
import { en } from './en.ts';

/** Words that every screen may use: buttons, states, the names of the trade's things. */
export const everydayWords = wordSet(en, {
  hi: () => import('./hi.ts').then(({ hi }) => hi),
  mr: () => import('./mr.ts').then(({ mr }) => mr),
});
