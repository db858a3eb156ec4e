/** What of it was typed here: all that is another than in what the form was filled from. */
export function touched<V extends object>(mine: V, from: V): Partial<V> {
  const isOther = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(from[name as keyof V]);
  return Object.fromEntries(Object.entries(mine).filter(isOther)) as Partial<V>;
}

/** What was typed here, laid over what somebody else saved meanwhile; what nobody touched here is theirs. */
export function laidOver<V extends object>(mine: V, from: V, theirs: V): V {
  return { ...theirs, ...touched(mine, from) };
}
