// Which language the console speaks: the browser's until somebody chooses, then the chosen one, on this device.

export const LANGUAGES = ['en', 'hi', 'mr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** In its own writing, whatever language the page is in. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', hi: 'हिन्दी', mr: 'मराठी' };

const KEPT_UNDER = 'swati.language';
const listeners = new Set<() => void>();

// The page's first script has already decided; it is the only one that does.
let current: Language = isLanguage(document.documentElement.lang) ? document.documentElement.lang : 'en';

export function isLanguage(text: string | null | undefined): text is Language {
  return LANGUAGES.some((language) => language === text);
}

export function getLanguage(): Language {
  return current;
}

export function isLanguageChosen(): boolean {
  return isLanguage(localStorage.getItem(KEPT_UNDER));
}

/** Call `chooseLanguage` of say.ts instead: it loads the words first. */
export function setLanguage(language: Language): void {
  localStorage.setItem(KEPT_UNDER, language);
  current = language;
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
}

export function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
