// The parts of this store that predictions need.

import type { Db } from 'mongodb';
import type { ForecastStore, JobStore, LearningStore, ModelStore } from '../prediction-store.ts';
import { byPrimaryClock } from './cluster-clock.ts';
import { belongsToNoRow, GridFiles } from './grid-files.ts';
import { dueForecasts, scoreboard } from './reads/forecasts.ts';
import { findJob, listJobs, openJobs } from './reads/jobs.ts';
import { findModel, listModels, toCard } from './reads/models.ts';
import { countStones, rateSeries, seriesMark, stonesAfter } from './reads/price-series.ts';
import type { Questions } from './reads/questions.ts';
import { askShop } from './reads/settings.ts';
import type { Write } from './writes/writer.ts';

export function learningOf(db: Db, questions: Questions, shop: string): LearningStore {
  return {
    series: (metal, purity, toDay) => rateSeries(questions, shop, { metal, purity, toDay }),
    seriesMark: (metal, purity, toDay, position) =>
      seriesMark(questions, shop, { metal, purity, toDay }, position),
    stones: (after, limit, toDay) => stonesAfter(db, shop, after, limit, toDay),
    countStones: (toDay, position) => countStones(db, shop, toDay, position),
  };
}

export function modelsOf(db: Db, questions: Questions, shop: string, write: Write): ModelStore {
  const files = new GridFiles(db, 'model_files', shop);
  return {
    generation: async () => (await askShop(questions, shop))?.modelGeneration ?? 0,
    list: () => listModels(db, shop, 'current'),
    listPrevious: () => listModels(db, shop, 'previous'),
    read: async (name) => {
      const row = await findModel(db, shop, name);
      const bytes = row && (await files.read(row.current));
      return row && bytes && { card: toCard(name, row.current), bytes };
    },
    put: async (models, lease, by) => {
      const uploaded = [];
      for (const { card, bytes } of models) uploaded.push({ card, ...(await files.save(card.name, bytes)) });
      try {
        const { value, ...written } = await write('models.put', [uploaded, lease], by);
        for (const fileId of value.dropped) await files.discard(fileId);
        return { ...written, value: value.cards };
      } catch (error) {
        if (belongsToNoRow(error)) {
          for (const { fileId } of uploaded) await files.discard(fileId);
        }
        throw error;
      }
    },
    rollback: (models, by) => write('models.rollback', [models], by),
  };
}

export function jobsOf(db: Db, shop: string, write: Write): JobStore {
  return {
    find: (id) => findJob(db, shop, id),
    list: (limit) => listJobs(db, shop, limit),
    open: () => openJobs(db, shop),
    request: (job, by) => write('jobs.request', [job], by),
    // A lease is compared with the clocks of other machines.
    claim: async (by) => write('jobs.claim', [], await byPrimaryClock(db, by)),
    advance: async (lease, progress, step, by) =>
      write('jobs.advance', [lease, progress, step], await byPrimaryClock(db, by)),
    cancel: (id, by) => write('jobs.cancel', [id], by),
    finish: (lease, end, by) => write('jobs.finish', [lease, end], by),
  };
}

export function forecastsOf(db: Db, shop: string, write: Write): ForecastStore {
  return {
    publish: (forecasts, by) => write('forecasts.publish', [forecasts], by),
    due: (today, limit) => dueForecasts(db, shop, today, limit),
    score: (outcomes, by) => write('forecasts.score', [outcomes], by),
    scoreboard: (series) => scoreboard(db, shop, series),
  };
}
