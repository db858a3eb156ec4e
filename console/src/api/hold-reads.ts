// Starting a request takes a slow processor as long as painting a good part of the page: of those that a screen makes at
// once, only what the person looks at first goes out before the page stands.

/** A browser that tells of no paint, or paints nothing since the tab is hidden, waits no longer than this. */
const PATIENCE_MS = 1_000;

let held: Promise<void> | undefined;
let askFirst: (() => void) | undefined;

/** Called by a screen as it is loaded: what one looks at first there. */
export function firstToRead(ask: () => void): void {
  askFirst = ask;
}

/** Before the first screen is made: its first questions go out, the others wait until it has been painted. */
export function beginReads(): void {
  if (askFirst === undefined) return;
  askFirst();
  held = firstPaint().then(() => {
    held = undefined;
  });
}

export function readsHeld(): Promise<void> | undefined {
  return held;
}

function firstPaint(): Promise<void> {
  return new Promise((resolve) => {
    if (document.hidden) return resolve();
    setTimeout(resolve, PATIENCE_MS);
    new PerformanceObserver((seen) => {
      // The bare ground is a paint, too.
      if (seen.getEntriesByName('first-contentful-paint').length > 0) resolve();
    }).observe({ type: 'paint', buffered: true });
  });
}
