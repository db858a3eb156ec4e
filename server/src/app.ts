// The application is a function of what it is given: every plugin and route, by name, in order. Listening is elsewhere.

import cookie from '@fastify/cookie';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { customerRoutes } from './features/customers/customer-routes.ts';
import { readJsonBodies } from './http/body-parser.ts';
import { answerErrors } from './http/error-reply.ts';
import { tagAnswers } from './http/etag.ts';
import { sendCommonHeaders } from './http/headers.ts';
import { logRequests } from './http/log.ts';
import { registerRoute } from './http/register-route.ts';
import type { Route } from './http/route.ts';
import type { Shop } from './http/shop.ts';
import { waitForPosition } from './http/wait-for-position.ts';

/** Every route of the shop. The order is the contract's. */
export function allRoutes(shop: Shop): Route[] {
  return [...customerRoutes(shop)];
}

export interface AppOptions {
  shop: Shop;
  logger: FastifyBaseLogger;
}

export async function buildApp({ shop, logger }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestId(request.headers['x-request-id']),
    trustProxy: shop.config.trustedProxies.length > 0 ? [...shop.config.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300 },
    // Slow clients: headers within 8 s, the whole request within 12 s, looked at every second.
    requestTimeout: 12_000,
    http: { headersTimeout: 8_000, connectionsCheckingInterval: 1_000 },
    keepAliveTimeout: 5_000,
    ajv: { customOptions: { coerceTypes: false, strict: false } },
  });
  // Bodies are checked by http/validation.ts; Fastify's own schemas serve the documentation and the replies.
  app.setValidatorCompiler(() => () => true);

  const routes = allRoutes(shop);
  await sendCommonHeaders(app, shop.config);
  await app.register(cookie);
  readJsonBodies(app);
  logRequests(app);
  answerErrors(app, routes);
  tagAnswers(app);
  waitForPosition(app, shop.store);
  for (const route of routes) registerRoute(app, shop, route);
  return app;
}

/** A caller's own request id is kept when it is harmless in a log. */
function requestId(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && /^[\w-]{8,64}$/.test(sent) ? sent : crypto.randomUUID();
}
