// What a search in the catalogue compares: lower-case text in one Unicode form, so that a word is found however it
// was typed. Every word of a search must stand in the name or the description, each as a part of any word.

const MAX_WORDS = 10;
const MAX_LENGTH = 200;
/** Words shorter than this many code points cannot be found by the index of trigrams. */
const INDEXED_FROM = 3;

/** The text that searches are compared with. */
export function searchTextOf(name: string, description: string): string {
  return fold(`${name}\n${description}`);
}

/** The words of a search: those that an index of trigrams can find, and the shorter ones. */
export function searchWords(search: string): { indexed: string[]; short: string[] } {
  const words = fold(search.slice(0, MAX_LENGTH))
    // A zero character would end the index's query early.
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
  const isIndexed = (word: string): boolean => [...word].length >= INDEXED_FROM;
  return { indexed: words.filter(isIndexed), short: words.filter((word) => !isIndexed(word)) };
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC').toWellFormed();
}
