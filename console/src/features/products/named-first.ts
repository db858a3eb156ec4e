/** The name begins so, a word of it does, it holds the text, or only the description does. */
export function namedFirst<T extends { name: string }>(found: readonly T[], text: string): T[] {
  const wanted = text.trim().toLowerCase();
  const rankOf = ({ name }: T): number => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at <= 0) return at === 0 ? 0 : 3;
    return /\s/.test(name.charAt(at - 1)) ? 1 : 2;
  };
  return [...found].sort((one, other) => rankOf(one) - rankOf(other));
}
