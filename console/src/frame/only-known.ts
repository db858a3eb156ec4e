/**
 * A reader of an address that leaves nothing of what it does not take: the router lays what it answers over all that
 * stands there, so a value that is only left out, as of an old bookmark, would reach the screen.
 */
export function onlyKnown<S extends object>(read: (search: Record<string, unknown>) => S) {
  return (search: Record<string, unknown>): S => ({
    ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])),
    ...read(search),
  });
}
