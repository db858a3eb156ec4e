// What the shop says of itself: its front door, and its health for people, monitors and probes.

import { Health, LIVE_EXAMPLE, Probe, ROOT_EXAMPLE, Root } from '../../contract/health.ts';
import { variesBy } from '../../http/headers.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';
import type { ServingModels } from '../predictions/serving-models.ts';
import { askDatabase, checkBackups, checkModels, databaseCheck } from './health-checks.ts';

const DATABASE_OK = { status: 'healthy', message: 'The database answers' };

export function healthRoutes(shop: Shop, models: ServingModels): Route[] {
  return [rootRoute(shop), healthRoute(shop, models), liveRoute(), readyRoute(shop)];
}

function rootRoute({ config }: Shop): Route {
  return route({
    method: 'GET',
    path: '/',
    access: 'public',
    tag: 'Health',
    summary: 'Where things are; a browser is sent to the console',
    reply: Root,
    example: ROOT_EXAMPLE,
    handle: ({ request, reply }) => {
      variesBy(reply, 'Accept');
      if (/\btext\/html\b/i.test(request.headers.accept ?? '')) return reply.redirect('/console', 302);
      return { ...ROOT_EXAMPLE, version: config.version };
    },
  });
}

function healthRoute({ store, config, now }: Shop, models: ServingModels): Route {
  return route({
    method: 'GET',
    path: '/api/health',
    access: 'public',
    tag: 'Health',
    summary: 'How the shop is: 503 when the database or the prediction models are unavailable',
    reply: Health,
    replies: { 503: Health },
    example: {
      status: 'healthy',
      timestamp: '2026-01-15T10:30:00.123Z',
      version: '1.0.0',
      environment: 'production',
      checks: {
        database: DATABASE_OK,
        ml_models: { status: 'healthy', message: 'All ML models available' },
        backup: { status: 'healthy', message: 'The last verified backup is of 2026-01-14T20:40:03.123Z' },
      },
    },
    handle: async ({ request, reply }) => {
      const vitals = await askDatabase(() => store.vitals(), request.log);
      const database = databaseCheck(vitals !== null);
      const ml_models = await checkModels(models, vitals, request.log);
      const checks = { database, ml_models, backup: checkBackups(vitals, now()) };
      const healthy = database.status === 'healthy' && checks.ml_models.status !== 'unavailable';
      reply.code(healthy ? 200 : 503).header('Cache-Control', 'no-store');
      return {
        status: healthy ? 'healthy' : 'degraded',
        timestamp: toInstant(now()),
        version: config.version,
        environment: config.environment,
        checks,
      };
    },
  });
}

function liveRoute(): Route {
  return route({
    method: 'GET',
    path: '/api/health/live',
    access: 'public',
    tag: 'Health',
    summary: 'Whether the process answers at all',
    reply: Probe,
    example: LIVE_EXAMPLE,
    handle: ({ reply }) => {
      reply.header('Cache-Control', 'no-store');
      return LIVE_EXAMPLE;
    },
  });
}

function readyRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/health/ready',
    access: 'public',
    tag: 'Health',
    summary: 'Whether the shop can serve: asks the database alone',
    reply: Probe,
    replies: { 503: Probe },
    example: { status: 'ready' },
    handle: async ({ request, reply }) => {
      const answers = (await askDatabase(() => store.ping(), request.log)) !== null;
      reply.code(answers ? 200 : 503).header('Cache-Control', 'no-store');
      return { status: answers ? 'ready' : 'not ready' };
    },
  });
}
