import { isOtherScript } from '../../format/other-script.ts';

/**
 * Exactly so named, the name begins so, a word of it does (as whatever is found in the other script), it holds the text,
 * or only something else of it does.
 */
export function namedFirst<T>(found: readonly T[], text: string, nameOf: (thing: T) => string): T[] {
  const wanted = text.trim().toLowerCase();
  const rankOf = (thing: T): number => {
    const name = nameOf(thing).toLowerCase();
    if (name === wanted) return 0;
    const at = name.indexOf(wanted);
    if (at === 0) return 1;
    if (at < 0) return isOtherScript(name, wanted) ? 2 : 4;
    return /\s/.test(name.charAt(at - 1)) ? 2 : 3;
  };
  return [...found].sort((one, other) => rankOf(one) - rankOf(other));
}
