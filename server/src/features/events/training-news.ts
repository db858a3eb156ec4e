// How a training goes on, for those who may start one. Trainings are no part of the journal, so the store is asked.

import { toInstantOrNull } from '../../http/wire.ts';
import type { Store } from '../../store/store.ts';

/** The data of a `training` message, which has no id: whoever missed one gets the next. */
export interface TrainingNewsWire {
  id: string;
  state: string;
  targets: string[];
  /** From 0 to 1. */
  progress: number;
  step: string;
  started_at: string | null;
  ended_at: string | null;
  error: string | null;
}

export class TrainingNews {
  readonly #jobs: Store['jobs'];
  /** What was told last, of the jobs that had not ended. */
  #told = new Map<string, string>();

  constructor(jobs: Store['jobs']) {
    this.#jobs = jobs;
  }

  /** What has changed since it was asked last; of a job that has ended, how. */
  async read(): Promise<TrainingNewsWire[]> {
    const open = await this.#jobs.open();
    const ended = [...this.#told.keys()].filter((id) => open.every((job) => job.id !== id));
    const found = await Promise.all(ended.map((id) => this.#jobs.find(id)));
    const news: TrainingNewsWire[] = [];
    const told = new Map<string, string>();
    for (const job of [...found.filter((one) => one !== null), ...open]) {
      const { id, state, targets, progress, step, error } = job;
      const wire = {
        ...{ id, state, targets, progress, step, error },
        started_at: toInstantOrNull(job.startedAt),
        ended_at: toInstantOrNull(job.endedAt),
      };
      const text = JSON.stringify(wire);
      if (text !== this.#told.get(id)) news.push(wire);
      if (job.endedAt === null) told.set(id, text);
    }
    this.#told = told;
    return news;
  }
}
