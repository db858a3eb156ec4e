// The figures of the running program for Prometheus and what understands its text.

import { counter } from '../../domain/metric.ts';
import { refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { mergeReadings } from './merge-readings.ts';
import { mayReadMetrics } from './metrics-access.ts';
import { metricsText } from './metrics-text.ts';
import { readShopMetrics } from './shop-metrics.ts';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function metricsRoutes(shop: Shop): Route[] {
  const { meters } = shop;
  meters.add('throttled logins', () => [
    counter(
      'swati_logins_throttled_total',
      'Sign-ins that were told to wait',
      meters.requests.countOf('POST', '/api/auth/login', 429),
    ),
  ]);
  return [
    route({
      method: 'GET',
      path: '/api/metrics',
      access: 'public',
      optionalUser: true,
      tag: 'Health',
      summary: 'What the program counts of itself, for Prometheus',
      description:
        'For an admin, for whoever sends METRICS_TOKEN as a bearer token, and for programs on the same machine. ' +
        'Counters and histograms are summed over the workers; a gauge of a process says whose it is.',
      reply: null,
      produces: 'text/plain',
      errors: ['unauthenticated', 'forbidden'],
      example: '# HELP swati_requests_total Answered requests\n# TYPE swati_requests_total counter\n',
      handle: async ({ request, reply, user }) => {
        if (!mayReadMetrics(request, user, shop.config.metricsToken)) {
          throw refuse(user === null ? 'unauthenticated' : 'forbidden');
        }
        const own = () => [{ worker: null, metrics: shop.meters.read() }];
        const [readings, metrics] = await Promise.all([shop.readMeters?.() ?? own(), readShopMetrics(shop)]);
        const text = metricsText([...metrics, ...mergeReadings(readings)]);
        return reply.type(CONTENT_TYPE).header('Cache-Control', 'no-store').send(text);
      },
    }),
  ];
}
