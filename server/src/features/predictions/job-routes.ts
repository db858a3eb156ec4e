// Trainings as they go: how far, how they ended, and stopping one.

import { Counted, Data } from '../../contract/envelope.ts';
import { TrainingJobWire } from '../../contract/prediction.ts';
import { parseId } from '../../domain/id.ts';
import { refuse } from '../../domain/shop-error.ts';
import type { TrainingJob } from '../../domain/training-job.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';

const EXAMPLE: TrainingJobWire = {
  id: '65a4f0c0ffee0123456789ab',
  targets: ['gold', 'diamond'],
  reason: 'asked',
  state: 'running',
  progress: 0.42,
  step: 'learning stones by their 4Cs',
  requested_at: '2026-01-15T10:30:00.123Z',
  started_at: '2026-01-15T10:30:00.323Z',
  ended_at: null,
  cancel_requested: false,
  outcome: { gold: { success: true, models: ['gold-916'], error: null } },
  error: null,
};
const SHOWN = 50;

export function jobRoutes(shop: Shop): Route[] {
  return [listRoute(shop), findRoute(shop), cancelRoute(shop)];
}

function listRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/jobs',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'List the last trainings, newest first',
    reply: Counted(TrainingJobWire),
    example: { success: true, data: [EXAMPLE], count: 1 },
    handle: async () => {
      const jobs = await store.jobs.list(SHOWN);
      return { success: true, data: jobs.map(toJobWire), count: jobs.length };
    },
  });
}

function findRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/predictions/jobs/:id',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'See how far a training is, or how it ended',
    reply: Data(TrainingJobWire),
    errors: ['job_not_found'],
    example: { success: true, data: EXAMPLE },
    handle: async ({ params }) => {
      const id = parseId(params.id);
      const job = id === null ? null : await store.jobs.find(id);
      if (!job) throw refuse('job_not_found');
      return { success: true, data: toJobWire(job) };
    },
  });
}

function cancelRoute({ store }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/predictions/jobs/:id/cancel',
    access: 'predictions.train',
    tag: 'Predictions',
    summary: 'Stop a training; the models that serve go on serving',
    description: 'A running training stops within seconds. One that has ended stays as it is.',
    reply: Data(TrainingJobWire),
    errors: ['job_not_found'],
    example: { success: true, data: { ...EXAMPLE, cancel_requested: true } },
    handle: async ({ params, by, wrote }) => {
      const id = parseId(params.id);
      if (id === null) throw refuse('job_not_found');
      return { success: true, data: toJobWire(wrote(await store.jobs.cancel(id, by))) };
    },
  });
}

function toJobWire(job: TrainingJob): TrainingJobWire {
  const instant = (at: number | null): string | null => (at === null ? null : toInstant(at));
  const outcome = Object.entries(job.outcome).map(([target, { ok, models, error }]) => [
    target,
    { success: ok, models, error },
  ]);
  return {
    id: job.id,
    targets: job.targets,
    reason: job.reason,
    state: job.state,
    progress: job.progress,
    step: job.step,
    requested_at: toInstant(job.requestedAt),
    started_at: instant(job.startedAt),
    ended_at: instant(job.endedAt),
    cancel_requested: job.cancelRequested,
    outcome: Object.fromEntries(outcome) as TrainingJobWire['outcome'],
    error: job.error,
  };
}
