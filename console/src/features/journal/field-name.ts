import type { useWords } from '../../words/say.ts';
import { fieldWords } from './field-words/field-words.ts';

type Say = ReturnType<typeof useWords<typeof fieldWords.en>>;

/** What a field is called, of this kind of thing or of all; one that is new here keeps the server's name. */
export function fieldName(words: Say, subject: string, name: string): string {
  const key = [`${subject}.${name}`, name].find((each) => each in fieldWords.en);
  return key === undefined ? name : words(key as 'name');
}
