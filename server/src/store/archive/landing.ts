import type { ArchivePage } from '../backup-store.ts';
import type { ArchiveSummary } from './archive-page.ts';

/**
 * A place that a shop is copied into. Nobody can open it as a shop before `finish`: until then it is marked as
 * unfinished, and the next landing there begins anew.
 */
export interface Landing {
  /** What was found of an earlier one: `unfinished` remains were cleared away, `finished` says that nothing is left to do. */
  readonly found: 'nothing' | 'unfinished' | 'finished';
  /** Makes the place hold exactly these rows, also when it is called again. */
  load(pages: AsyncIterable<ArchivePage>): Promise<void>;
  /** The sums of all that the place holds, as it was read back. */
  summary(): Promise<ArchiveSummary>;
  /** What does not agree in its books, one line for people each. */
  verify(): Promise<string[]>;
  /** Durable, and from here on a shop that can be opened. */
  finish(): Promise<void>;
  /** Lets go of the place. What is not finished stays marked. Safe to call twice. */
  close(): Promise<void>;
}
