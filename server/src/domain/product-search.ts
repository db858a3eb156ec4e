// A search in the catalogue: every word of it must stand in the name or the description, each as a part of any word.

import { toSearchText } from './search-text.ts';

const MAX_WORDS = 10;
const MAX_LENGTH = 200;
/** Words shorter than this many code points cannot be found by the index of trigrams. */
const INDEXED_FROM = 3;

/** The text that searches are compared with. */
export function searchTextOf(name: string, description: string): string {
  return toSearchText(`${name}\n${description}`);
}

/** The words of a search: those that an index of trigrams can find, and the shorter ones. */
export function searchWords(search: string): { indexed: string[]; short: string[] } {
  const words = toSearchText(search.slice(0, MAX_LENGTH))
    // A zero character would end the index's query early.
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
  const isIndexed = (word: string): boolean => [...word].length >= INDEXED_FROM;
  return { indexed: words.filter(isIndexed), short: words.filter((word) => !isIndexed(word)) };
}
