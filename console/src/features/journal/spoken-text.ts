// Values that are stored in English, in the words that their own screens have for them.

import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { isLanguage, LANGUAGE_NAMES } from '../../words/language.ts';
import { say } from '../../words/say.ts';
import type { WordSet, Words } from '../../words/word-set.ts';
import { peopleWords } from '../people/words/people-words.ts';
import { settingsWords } from '../settings/words/settings-words.ts';
import { fieldWords } from './field-words/field-words.ts';

/** Undefined for what is no word of the shop, such as a name or a value that is new here. */
export function spokenText(field: string, value: string): string | undefined {
  switch (field) {
    case 'metal':
    case 'method':
    case 'payment_method':
    case 'payment_status':
    case 'status':
      return wordOf(everydayWords, value);
    case 'role':
    case 'totp_roles':
      return wordOf(peopleWords, `role_${value}`);
    case 'permissions':
      return wordOf(peopleWords, value);
    case 'credit_rule':
      return wordOf(settingsWords, `credit_${value}`);
    case 'language':
      return isLanguage(value) ? LANGUAGE_NAMES[value] : undefined;
    case 'basis':
    case 'second_step':
    case 'source':
    case 'table':
    case 'type':
      return wordOf(fieldWords, `${field}_${value}`);
    default:
      return undefined;
  }
}

function wordOf<E extends Words>(set: WordSet<E>, key: string): string | undefined {
  return key in set.en ? (say(set) as unknown as (word: string) => string)(key) : undefined;
}
