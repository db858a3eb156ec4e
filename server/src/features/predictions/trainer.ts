// Runs trainings: one at a time over all processes of the shop, in a thread of its own, while the old models serve.
// Whoever claims a job keeps its lease by saying how far it is; whoever loses it stops and puts nothing in service.

import { Worker } from 'node:worker_threads';
import type { FastifyBaseLogger } from 'fastify';
import type { By } from '../../domain/actor.ts';
import { ShopError } from '../../domain/shop-error.ts';
import type { JobOutcome, JobReason, Lease, TrainingJob, TrainingTarget } from '../../domain/training-job.ts';
import type { Shop } from '../../http/shop.ts';
import { systemBy } from '../../http/system-by.ts';
import { isNotNow, keepTrying } from './keep-trying.ts';
import { putTrained } from './put-trained.ts';
import { recalibrate } from './recalibrate.ts';
import { FULL_TRAINING, type StoneTraining } from './train-stones.ts';
import { gatherSeries, gatherStones } from './training-rows.ts';
import type { FromThread, TrainingTask } from './training-task.ts';

export interface TrainerOptions {
  /** How thoroughly stones are learned. */
  stones?: StoneTraining;
  /** The program of the thread. */
  thread?: URL;
  /** How long whoever asks for a training is kept waiting. */
  patienceMs?: number;
  /** Begins nothing more once the job that was asked for here has ended: whoever asked leaves then. */
  untilDone?: boolean;
  /** How long a store that takes nothing is asked again to take what was trained. */
  storeWithinMs?: number;
}

const THREAD = new URL('./training-thread.ts', import.meta.url);
/** Well within the lease. */
const HEARTBEAT_MS = 1_000;
const LOOK_AGAIN_MS = 1_000;
const POLL_MS = 50;
/** Clients of the older service give up after ten seconds. */
const PATIENCE_MS = 7_500;
/** An election takes 10 to 12 s, and a second one may follow it. */
const STORE_WITHIN_MS = 60_000;

type Source = Pick<Shop, 'store' | 'now' | 'newId'>;

export class Trainer {
  readonly #shop: Source;
  readonly #log: FastifyBaseLogger;
  readonly #options: TrainerOptions;
  #running: Promise<void> | null = null;
  /** Somebody called meanwhile. */
  #isWanted = false;
  #worker: Worker | null = null;
  #again: NodeJS.Timeout | null = null;
  #askedFor: string | null = null;
  #stopped = false;

  constructor(shop: Source, log: FastifyBaseLogger, options: TrainerOptions = {}) {
    this.#shop = shop;
    this.#log = log;
    this.#options = options;
  }

  /** A job for these targets, behind one that runs; somebody will run it. */
  async request(targets: TrainingTarget[], reason: JobReason, by: By): Promise<TrainingJob> {
    const job = { id: this.#shop.newId(), targets, reason };
    const { value } = await this.#shop.store.jobs.request(job, by);
    this.#askedFor = value.id;
    this.wake();
    return value;
  }

  /** Waits until a job ended, unless that takes too long, and answers it as it then is. */
  async waitFor(
    id: string,
    milliseconds = this.#options.patienceMs ?? PATIENCE_MS,
  ): Promise<TrainingJob | null> {
    const started = performance.now();
    for (;;) {
      const job = await this.#shop.store.jobs.find(id);
      const isOpen = job?.state === 'waiting' || job?.state === 'running';
      if (!isOpen || performance.now() - started >= milliseconds) return job;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  /** Looks whether something waits to be trained, and does it. Safe to call at any time. */
  wake(): void {
    // Whoever works may have looked for the last time already, before the job of this call was there.
    this.#isWanted = this.#running !== null;
    if (this.#stopped || this.#running !== null) return;
    this.#running = this.#work()
      .catch((error: unknown) => this.#log.error({ err: error }, 'a training could not be run'))
      .finally(() => {
        this.#running = null;
        if (this.#isWanted) this.wake();
      });
  }

  /** Resolves when nothing is being trained here. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Ends the thread; what it trained so far is lost, the models that serve go on serving. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#again !== null) clearTimeout(this.#again);
    await this.#worker?.terminate();
    await this.#running;
  }

  async #work(): Promise<void> {
    while (!this.#stopped) {
      // A look costs nothing; a claim is a write.
      const open = await this.#shop.store.jobs.open();
      if (open.length === 0) break;
      if (this.#options.untilDone && !open.some(({ id }) => id === this.#askedFor)) return;
      const { value: job } = await this.#shop.store.jobs.claim(this.#by());
      if (!job) break;
      await this.#run(job);
    }
    const open = this.#stopped ? [] : await this.#shop.store.jobs.open();
    if (open.some(({ state }) => state === 'waiting')) {
      // Another process trains: this one looks again, should that one end before its time.
      this.#again = setTimeout(() => this.wake(), LOOK_AGAIN_MS).unref();
    }
  }

  async #run(job: TrainingJob): Promise<void> {
    const lease: Lease = { jobId: job.id, fence: job.fence };
    const started = performance.now();
    const outcome: JobOutcome = {};
    let error: string | null = null;
    let cancelled = false;
    try {
      cancelled = await this.#train(job, lease, outcome);
      if (this.#stopped) error = 'the server stopped';
    } catch (failure) {
      if (failure instanceof ShopError && failure.code === 'job_lost') {
        this.#log.warn({ job: job.id }, 'a training was taken over by another process; it stops here');
        return;
      }
      this.#log.error({ err: failure, job: job.id }, 'a training failed; the models that served go on');
      error = (failure as Error).message;
    }
    const failed = error !== null || Object.values(outcome).some(({ ok }) => !ok);
    const ended = failed ? 'failed' : 'done';
    const state = cancelled ? 'cancelled' : ended;
    const finish = () => this.#shop.store.jobs.finish(lease, { state, outcome, error }, this.#by());
    await this.#patiently(finish).catch(passIfLost);
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    this.#log.info({ job: job.id, targets: job.targets, outcome, seconds }, `training ${state}`);
  }

  /** Fills in the outcome; true when it was cancelled. */
  async #train(job: TrainingJob, lease: Lease, outcome: JobOutcome): Promise<boolean> {
    const { store } = this.#shop;
    const seenPosition = await store.journal.position();
    const task: TrainingTask = { gold: null, diamond: null };
    for (const target of job.targets) {
      if (target === 'diamond' && job.reason === 'new_rows') {
        const by = this.#by();
        const calibrated = await this.#store(() => recalibrate(this.#shop, seenPosition, lease, by));
        if (calibrated) {
          outcome.diamond = { ok: true, models: calibrated, error: null, insufficient: false };
          continue;
        }
      }
      const gathered =
        target === 'gold'
          ? await gatherSeries(this.#shop)
          : await gatherStones(this.#shop, this.#options.stones ?? FULL_TRAINING);
      if (gathered.insufficient !== null) {
        outcome[target] = { ok: false, models: [], error: gathered.insufficient, insufficient: true };
      }
      Object.assign(task, { [target]: gathered.task });
    }
    if (task.gold === null && task.diamond === null) return false;
    const put = async (message: FromThread): Promise<void> => {
      if (message.kind === 'failed') {
        this.#log.error({ job: job.id, target: message.target }, `a training failed: ${message.error}`);
        const models = outcome[message.target]?.models ?? [];
        outcome[message.target] = { ok: false, models, error: message.error, insufficient: false };
      } else if (message.kind === 'trained') {
        const by = this.#by();
        const models = await this.#store(() =>
          putTrained(this.#shop, message.models, seenPosition, lease, by),
        );
        outcome[message.target] ??= { ok: true, models, error: null, insufficient: false };
      }
    };
    return this.#thread(task, lease, put);
  }

  /** Runs the thread to its end; true when the job was cancelled meanwhile. Rejects when the lease is lost. */
  #thread(task: TrainingTask, lease: Lease, put: (message: FromThread) => Promise<void>): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(this.#options.thread ?? THREAD, { workerData: task });
      this.#worker = worker;
      if (this.#stopped) void worker.terminate();
      let [share, step] = [0, 'starting'];
      let cancelled = false;
      let saved = Promise.resolve();
      let failure: unknown = null;
      const fail = (error: unknown): void => {
        failure ??= error;
        void worker.terminate();
      };
      const advance = async (): Promise<void> => {
        const told = await this.#shop.store.jobs.advance(lease, share, step, this.#by()).catch(passIfNotNow);
        if (!told?.value.cancelRequested || cancelled) return;
        cancelled = true;
        await worker.terminate();
      };
      const heartbeat = setInterval(() => void advance().catch(fail), HEARTBEAT_MS);
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'progress') {
          [share, step] = [message.share, message.step];
          saved = saved.then(advance).catch(fail);
        } else {
          saved = saved.then(() => put(message)).catch(fail);
        }
      });
      worker.on('error', fail);
      worker.on('exit', (code) => {
        this.#worker = null;
        void saved.then(() => {
          // What was trained may have waited for the store: until here the lease was kept.
          clearInterval(heartbeat);
          if (failure !== null) reject(failure);
          else if (code !== 0 && !cancelled && !this.#stopped) {
            reject(new Error(`the training thread ended with code ${code}`));
          } else resolve(cancelled);
        });
      });
    });
  }

  /** What was trained in minutes is not lost for a moment without a store. */
  async #store<T>(put: () => Promise<T>): Promise<T> {
    try {
      return await this.#patiently(put);
    } catch (error) {
      if (!isNotNow(error)) throw error;
      throw new Error('what was trained could not be stored: the store took nothing for too long', {
        cause: error,
      });
    }
  }

  #patiently<T>(change: () => Promise<T>): Promise<T> {
    return keepTrying(change, this.#options.storeWithinMs ?? STORE_WITHIN_MS, () => this.#stopped);
  }

  #by(): By {
    return systemBy(this.#shop, 'training');
  }
}

/** Somebody else has the job by now, and says how it ended. */
function passIfLost(error: unknown): void {
  if (!(error instanceof ShopError) || error.code !== 'job_lost') throw error;
}

/** The next word of the training comes in a second, and the lease holds for as long as nobody else takes the job. */
function passIfNotNow(error: unknown): null {
  if (isNotNow(error)) return null;
  throw error;
}
