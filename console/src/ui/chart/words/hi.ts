import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const hi: Translated<typeof en> = { day: 'दिन', from: '{label}, से', to: '{label}, तक' };
