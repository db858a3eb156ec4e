// Lets the young heap grow, which lean-start.js held back, to what answers need: left alone it takes 64 MB as soon as
// the catalogue is read into memory, and gives none of it back.

import { PerformanceObserver } from 'node:perf_hooks';
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** Of one of its two halves, which are 1 MB, 2, 4 and 8 large, but for what its pages keep for themselves. */
const ENOUGH_BYTES = 6 * 1024 * 1024;

export function letYoungHeapGrow(): void {
  // Told after each collection, since the heap grows in them, by doubling.
  const observer = new PerformanceObserver(() => {
    if (youngBytes() < ENOUGH_BYTES) return;
    setFlagsFromString('--semi-space-growth-factor=1');
    observer.disconnect();
  });
  setFlagsFromString('--semi-space-growth-factor=2');
  observer.observe({ entryTypes: ['gc'] });
}

/** What it takes before it is collected. */
export function youngBytes(): number {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  return space === undefined ? 0 : space.space_used_size + space.space_available_size;
}
