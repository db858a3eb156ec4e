// Removes what has expired: saved results, sessions with their refresh tokens, attempts, addresses, tickets; and the bytes
// of models that were never put in service, since their process died. None of it is of any use to anybody, so it needs
// no transaction; a deletion of many is not tried again, the next round does it.

import { type Db, MongoError } from 'mongodb';
import { KEYED_FOR_MS, UNKEYED_FOR_MS } from '../../domain/repeat.ts';
import { ADDRESS_KEPT_MS, FAILURE_WINDOW_MS } from '../../domain/session-rules.ts';
import { GridFiles, UNDER_WAY_MS } from './grid-files.ts';
import { isNotNow } from './not-now.ts';
import { isModelFile } from './reads/models.ts';

const EVERY_MS = 60_000;
const SWEPT_EVERY_MS = 24 * 3_600_000;
const SESSIONS_AT_ONCE = 1000;
const JOBS_KEPT_MS = 90 * 24 * 3_600_000;

interface Task {
  name: string;
  everyMs: number;
  work: (shopId: string, at: number) => Promise<void>;
}

export class Upkeep {
  readonly #tasks: readonly Task[];
  readonly #doneAt = new Map<string, number>();
  #underWay: Promise<void> | null = null;

  constructor(tasks: readonly Task[]) {
    this.#tasks = tasks;
  }

  /**
   * Begins what is due, unless some of it is under way: each task at most once in its time and shop, by the clock of the
   * changes. Nobody waits for it, so a defect in it ends the process, as any rejection that nobody takes does.
   */
  run(shopId: string, at: number): void {
    this.#underWay ??= this.#runAll(shopId, at).finally(() => {
      this.#underWay = null;
    });
  }

  /** What is under way is done; rejects with its defect. */
  async settled(): Promise<void> {
    await this.#underWay;
  }

  async #runAll(shopId: string, at: number): Promise<void> {
    for (const task of this.#tasks) await this.#everySoOften(task, shopId, at);
  }

  async #everySoOften({ name, everyMs, work }: Task, shopId: string, at: number): Promise<void> {
    const key = `${name} ${shopId}`;
    // Of the distance, not of what passed: a clock that was set back must not put it off.
    if (Math.abs(at - (this.#doneAt.get(key) ?? 0)) < everyMs) return;
    this.#doneAt.set(key, at);
    try {
      await work(shopId, at);
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      // What has expired counts for nothing while it stands there, so the next round may do it.
      if (isNotNow(error)) this.#doneAt.delete(key);
      else process.emitWarning(`upkeep of the database failed: ${error.message}`);
    }
  }
}

export function upkeepOf(db: Db): Upkeep {
  return new Upkeep([
    { name: 'expired', everyMs: EVERY_MS, work: (shopId, at) => removeExpired(db, shopId, at) },
    { name: 'models', everyMs: SWEPT_EVERY_MS, work: (shopId) => sweepModels(db, shopId) },
  ]);
}

async function sweepModels(db: Db, shopId: string): Promise<void> {
  const files = new GridFiles(db, 'model_files', shopId);
  await files.sweep(Date.now() - UNDER_WAY_MS, (fileId) => isModelFile(db, shopId, fileId));
}

export async function removeExpired(db: Db, shop_id: string, at: number): Promise<void> {
  const before = (age: number) => ({ $lt: new Date(at - age) });
  const saved = db.collection('saved_results');
  await saved.deleteMany({ shop_id, keyed: false, at: before(UNKEYED_FOR_MS) });
  await saved.deleteMany({ shop_id, keyed: true, at: before(KEYED_FOR_MS) });
  await db.collection('training_jobs').deleteMany({ shop_id, ended_at: before(JOBS_KEPT_MS) });
  await db.collection('tickets').deleteMany({ shop_id, expires_at: before(0) });
  await db.collection('login_attempts').deleteMany({ shop_id, last_at: before(FAILURE_WINDOW_MS) });
  await db.collection('known_addresses').deleteMany({ shop_id, last_at: before(ADDRESS_KEPT_MS) });
  // The tokens go first: a session without tokens is found again, tokens without a session are not.
  const sessions = db.collection('sessions');
  const expired = await sessions
    .find({ shop_id, expires_at: before(0) })
    .limit(SESSIONS_AT_ONCE)
    .toArray();
  if (expired.length === 0) return;
  const ids = expired.map(({ _id }) => _id);
  await db.collection('refresh_tokens').deleteMany({ shop_id, session_id: { $in: ids } });
  await sessions.deleteMany({ shop_id, _id: { $in: ids }, expires_at: before(0) });
}
