import { Meters } from '../../http/meters.ts';
import type { Store } from '../../store/store.ts';
import { processMeter } from './process-meter.ts';

/** The meters of a process that has opened this store. */
export function shopMeters(store: Store): Meters {
  const meters = new Meters();
  meters.add('store', () => store.readings());
  meters.add('process', processMeter());
  return meters;
}
