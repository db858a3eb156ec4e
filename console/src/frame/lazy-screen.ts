// A screen whose files are loaded when it is visited. They may be gone: the line broke, or the shop was given another build
// of the console, whose files have other names. PageCrashed asks which of both it was.

import { lazyRouteComponent } from '@tanstack/react-router';

/** As the router's own `lazyRouteComponent`, which would load the whole page anew, also where no line brings it back. */
export const lazyScreen = ((load: () => Promise<Record<string, unknown>>, name?: string) =>
  lazyRouteComponent(() => load().catch(missing), name)) as typeof lazyRouteComponent;

function missing(problem: unknown): never {
  // The router knows a missing file by how the message begins.
  throw new Error(`Files missing: ${problem instanceof Error ? problem.message : problem}`, {
    cause: problem,
  });
}
