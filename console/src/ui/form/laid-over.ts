/** What was typed here, laid over what somebody else saved meanwhile; what nobody touched here is theirs. */
export function laidOver<V extends object>(mine: V, from: V, theirs: V): V {
  const touched = Object.entries(mine).filter(([name, value]) => value !== from[name as keyof V]);
  return { ...theirs, ...Object.fromEntries(touched) };
}
