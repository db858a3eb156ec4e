// The parts of the embedded store that predictions need.

import type { ForecastStore, JobStore, LearningStore, ModelStore } from '../prediction-store.ts';
import { atOneMoment, type Connection } from './database.ts';
import { dueForecasts, scoreForecasts } from './reads/forecasts.ts';
import { findJob, listJobs, openJobs } from './reads/jobs.ts';
import { listModels, modelGeneration, readModel } from './reads/models.ts';
import { countStones, rateSeries, seriesMark, stonesAfter } from './reads/price-series.ts';
import type { Write } from './writes/writer.ts';

export function learningOf(db: Connection, shop: string): LearningStore {
  return {
    series: async (metal, purity, toDay) => rateSeries(db, shop, metal, purity, toDay),
    seriesMark: async (metal, purity, toDay, position) =>
      seriesMark(db, shop, metal, purity, toDay, position),
    stones: async (after, limit, toDay) => stonesAfter(db, shop, after, limit, toDay),
    countStones: async (toDay, position) => countStones(db, shop, toDay, position),
  };
}

export function modelsOf(db: Connection, shop: string, write: Write): ModelStore {
  return {
    generation: async () => modelGeneration(db, shop),
    list: async () => listModels(db, shop, 'current'),
    listPrevious: async () => listModels(db, shop, 'previous'),
    read: async (name) => readModel(db, shop, name),
    put: (models, lease, by) => write('models.put', [models, lease], by),
    rollback: (models, by) => write('models.rollback', [models], by),
  };
}

export function jobsOf(db: Connection, shop: string, write: Write): JobStore {
  return {
    find: async (id) => findJob(db, shop, id),
    list: async (limit) => listJobs(db, shop, limit),
    open: async () => atOneMoment(db, () => openJobs(db, shop)),
    request: (job, by) => write('jobs.request', [job], by),
    claim: (by) => write('jobs.claim', [], by),
    advance: (lease, progress, step, by) => write('jobs.advance', [lease, progress, step], by),
    cancel: (id, by) => write('jobs.cancel', [id], by),
    finish: (lease, end, by) => write('jobs.finish', [lease, end], by),
  };
}

export function forecastsOf(db: Connection, shop: string, write: Write): ForecastStore {
  return {
    publish: (forecasts, by) => write('forecasts.publish', [forecasts], by),
    due: async (today, limit) => dueForecasts(db, shop, today, limit),
    score: (outcomes, by) => write('forecasts.score', [outcomes], by),
    scoreboard: async (series) => atOneMoment(db, () => scoreForecasts(db, shop, series)),
  };
}
