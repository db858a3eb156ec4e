// Speaking: `useWords(set)` in a component, `say(set)` elsewhere. Keys and the places in a text are checked by the compiler.

import { createContext, createElement, Fragment, type ReactNode, use, useSyncExternalStore } from 'react';
import { formatNumber } from '../format/number.ts';
import { inDigits } from '../format/text-digits.ts';
import { getLanguage, type Language, onLanguage, setLanguage } from './language.ts';
import { loadKnownWords, type Plural, type Translated, type WordSet, type Words } from './word-set.ts';

type Places<S> = S extends `${string}{${infer P}}${infer Rest}` ? P | Places<Rest> : never;
type PlacesOf<T> = T extends string
  ? Places<T>
  : T extends Plural
    ? Places<T['one'] | T['other']> | 'count'
    : never;
type Values<T, V> = { [P in PlacesOf<T>]: P extends 'count' ? number : V };
type Arguments<T, V> = [PlacesOf<T>] extends [never] ? [] : [values: Values<T, V>];

export interface Say<E extends Words> {
  <K extends keyof E & string>(key: K, ...values: Arguments<E[K], string | number>): string;
  /** The same with elements in the places, such as a bold amount. */
  rich<K extends keyof E & string>(key: K, ...values: Arguments<E[K], ReactNode>): ReactNode;
}

function textOf(words: Words, key: string, values: Record<string, unknown>, language: Language): string {
  const found = words[key];
  if (found === undefined) return key;
  if (typeof found === 'string') return inDigits(found, language);
  const form = new Intl.PluralRules(language).select(Number(values.count));
  return inDigits(form === 'one' ? found.one : found.other, language);
}

function filled(value: unknown, language: Language): string {
  return typeof value === 'number' ? formatNumber(value, language) : String(value);
}

function speak<E extends Words>(words: Translated<E>, language: Language): Say<E> {
  const plain = (key: string, values: Record<string, unknown> = {}) =>
    textOf(words, key, values, language).replace(/\{(\w+)\}/g, (_, name: string) =>
      filled(values[name], language),
    );
  const rich = (key: string, values: Record<string, unknown> = {}) =>
    createElement(
      Fragment,
      null,
      ...textOf(words, key, values, language)
        .split(/\{(\w+)\}/)
        .map((part, index) => {
          if (index % 2 === 0) return part;
          const value = values[part];
          return typeof value === 'number' ? formatNumber(value, language) : (value as ReactNode);
        }),
    );
  return Object.assign(plain, { rich }) as unknown as Say<E>;
}

const spoken = new WeakMap<object, Say<Words>>();

function remembered<E extends Words>(words: Translated<E>, language: Language): Say<E> {
  const before = spoken.get(words);
  if (before !== undefined) return before as unknown as Say<E>;
  const made = speak<E>(words, language);
  spoken.set(words, made as unknown as Say<Words>);
  return made;
}

/** In the language of the moment, or a paper's, or in English where its words are not there yet. */
export function say<E extends Words>(set: WordSet<E>, language: Language = getLanguage()): Say<E> {
  const words = set.loaded[language];
  return words === undefined ? remembered<E>(set.en as Translated<E>, 'en') : remembered<E>(words, language);
}

/** In a given language, such as a customer's, once its words are there. */
export async function sayIn<E extends Words>(set: WordSet<E>, language: Language): Promise<Say<E>> {
  return remembered<E>(await set.load(language), language);
}

/** What is shown inside of it speaks this language, such as a customer's paper. Load its words first. */
export const InLanguage = createContext<Language | null>(null);

/** Of the page, or of the paper that the component stands on. */
export function useLanguage(): Language {
  const ofPage = useSyncExternalStore(onLanguage, getLanguage);
  return use(InLanguage) ?? ofPage;
}

/** Waits (by Suspense) for the words of a screen that is opened for the first time. */
export function useWords<E extends Words>(set: WordSet<E>): Say<E> {
  const language = useLanguage();
  // Always by `use`, never past it: React tells the promises of a component apart by their order.
  const words = use(set.load(language));
  return remembered<E>(words, language);
}

/** Changes once all words are there, so that no page is seen half in one language. */
export async function chooseLanguage(language: Language): Promise<void> {
  await loadKnownWords(language);
  setLanguage(language);
}
