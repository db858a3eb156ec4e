// A set of words: what one feature says, in English beside the code, in Hindi and Marathi loaded when wanted.
// Every text is a plain one with {places} in it, or one for each plural form of {count}.

import type { Language } from './language.ts';

export interface Plural {
  one: string;
  other: string;
}
export type Words = Record<string, string | Plural>;
/** The same keys in another language. */
export type Translated<E extends Words> = { [K in keyof E]: E[K] extends string ? string : Plural };

export interface WordSet<E extends Words> {
  readonly en: E;
  /** What is loaded so far. */
  readonly loaded: Partial<Record<Language, Translated<E>>>;
  load(language: Language): Promise<Translated<E>>;
}

const AGAIN_AFTER_MS = 5_000;

/** Sets whose words were asked for: a change of language loads these first. */
const known = new Set<WordSet<Words>>();

export function wordSet<const E extends Words>(
  en: E,
  others: Record<Exclude<Language, 'en'>, () => Promise<Translated<E>>>,
): WordSet<E> {
  const english = en as Translated<E>;
  const promises: Partial<Record<Language, Promise<Translated<E>>>> = {
    en: Promise.resolve(english),
  };
  markSettled(promises.en, english);
  const set: WordSet<E> = {
    en,
    loaded: { en: english },
    load: (language) => {
      const before = promises[language];
      if (before !== undefined || language === 'en') return before ?? Promise.resolve(english);
      const loading = others[language]().then(
        (words) => {
          set.loaded[language] = words;
          markSettled(loading, words);
          return words;
        },
        (problem: unknown) => {
          // Who needs them later asks again; at once, whoever waits would ask without an end.
          setTimeout(() => delete promises[language], AGAIN_AFTER_MS);
          throw problem;
        },
      );
      promises[language] = loading;
      return loading;
    },
  };
  known.add(set as unknown as WordSet<Words>);
  return set;
}

/** React's `use` reads these two fields: with them it does not wait for words that are there. */
function markSettled<T>(promise: Promise<T> | undefined, value: T): void {
  if (promise !== undefined) void Object.assign(promise, { status: 'fulfilled', value });
}

export async function loadKnownWords(language: Language): Promise<void> {
  await Promise.all([...known].map((set) => set.load(language)));
}
