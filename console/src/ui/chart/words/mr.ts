import type { Translated } from '../../../words/word-set.ts';
import type { en } from './en.ts';

export const mr: Translated<typeof en> = { day: 'दिवस', from: '{label}, पासून', to: '{label}, पर्यंत' };
