import type { Route } from '../src/http/route.ts';

const SOME_ID = '65e0c0ffee0123456789abcd';

/** The address of a route with something in the place of its parameters. */
export function exampleAddress(route: Route): string {
  return route.path
    .replace(/:(\w+)/g, (_all, name: string) => (/file|name/i.test(name) ? 'none.png' : SOME_ID))
    .replace('*', 'today');
}

/** The documented example of a route's body; undefined where it takes none. */
export function exampleBody(route: Route): Record<string, unknown> | undefined {
  if (route.body === undefined) return undefined;
  const { examples } = route.body as { examples?: Record<string, unknown>[] };
  return structuredClone(examples?.[0] ?? {});
}
