import type { Connection } from '../database.ts';

/**
 * SQLite's own count of the commits that other connections made, the writer's and other processes' among them; this
 * connection only reads. It costs two calls of the system, so it is asked once in a turn of the event loop: the requests
 * that a turn answers had arrived before the turn began, and none of them knows of a change that was answered later.
 */
export function stampOf(db: Connection): () => number {
  let known: number | null = null;
  const forget = (): void => {
    known = null;
  };
  return () => {
    if (known === null) {
      known = Number(db.lists('PRAGMA data_version')[0]?.[0] ?? 0);
      setImmediate(forget);
    }
    return known;
  };
}
