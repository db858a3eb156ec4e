// The application is a function of what it is given: every plugin and route, by name, in order. Listening is elsewhere.

import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import pino from 'pino';
import { analyticsRoutes } from './features/analytics/analytics-routes.ts';
import { accountRoutes } from './features/auth/account-routes.ts';
import { authRoutes } from './features/auth/auth-routes.ts';
import { PasswordQueue } from './features/auth/password-queue.ts';
import { secondFactorRoutes } from './features/auth/second-factor-routes.ts';
import { sessionRoutes } from './features/auth/session-routes.ts';
import { backupRoutes } from './features/backups/backup-routes.ts';
import { consoleRoutes, prepareConsoleFiles } from './features/console/console-routes.ts';
import { customerRoutes } from './features/customers/customer-routes.ts';
import { describeRoutes, documentationRoutes } from './features/documentation/documentation-routes.ts';
import { eventRoutes } from './features/events/event-routes.ts';
import { exportRoutes } from './features/exports/export-routes.ts';
import { healthRoutes } from './features/health/health-routes.ts';
import { journalRoutes } from './features/journal/journal-routes.ts';
import { khataRoutes } from './features/khata/khata-routes.ts';
import { metricsRoutes } from './features/metrics/metrics-routes.ts';
import { orderRoutes } from './features/orders/order-routes.ts';
import { predictionRoutes } from './features/predictions/prediction-routes.ts';
import { createPredictions, type Predictions } from './features/predictions/predictions.ts';
import { diamondPriceRoutes } from './features/prices/diamond-price-routes.ts';
import { metalPriceRoutes } from './features/prices/metal-price-routes.ts';
import { LiveCatalogue } from './features/products/live-catalogue.ts';
import { productChangeRoutes } from './features/products/product-change-routes.ts';
import { productRoutes } from './features/products/product-routes.ts';
import { saleRoutes } from './features/sales/sale-routes.ts';
import { settingsRoutes } from './features/settings/settings-routes.ts';
import { setupRoutes } from './features/setup/setup-routes.ts';
import { ticketRoutes } from './features/tickets/ticket-routes.ts';
import { uploadRoutes } from './features/uploads/upload-routes.ts';
import { userRoutes } from './features/users/user-routes.ts';
import { readJsonBodies } from './http/body-parser.ts';
import {
  answerUnacceptable,
  answerUnparsable,
  answerUnroutable,
  closeAfterTooLarge,
} from './http/broken-requests.ts';
import { answerEarly } from './http/early-answers.ts';
import { answerErrors } from './http/error-reply.ts';
import { tagAnswers } from './http/etag.ts';
import { sendCommonHeaders } from './http/headers.ts';
import { logRequests } from './http/log.ts';
import { refuseOverload } from './http/overload.ts';
import { parseQuery } from './http/query-text.ts';
import { answerChanges } from './http/quick-changes.ts';
import { answerQuestions } from './http/quick-questions.ts';
import { answerReads } from './http/quick-reads.ts';
import { RateLimiter } from './http/rate-limit.ts';
import { registerRoute } from './http/register-route.ts';
import { serializeReplies } from './http/reply-serializers.ts';
import { newRequestId } from './http/request-id.ts';
import type { Route } from './http/route.ts';
import type { Shop } from './http/shop.ts';
import { waitForPosition } from './http/wait-for-position.ts';

/** Every route of the shop. The order is the contract's. */
export function allRoutes(
  shop: Shop,
  predictions: Predictions = createPredictions(shop, pino({ level: 'silent' })),
  catalogue: LiveCatalogue = new LiveCatalogue(shop, pino({ level: 'silent' })),
): Route[] {
  // One queue for all who hash passwords: the limit is the machine's.
  const queue = new PasswordQueue();
  const wakeTrainer = (): void => predictions.trainer.wake();
  return [
    ...healthRoutes(shop, predictions.models),
    ...documentationRoutes(),
    ...consoleRoutes(),
    ...authRoutes(shop, queue),
    ...accountRoutes(shop, queue),
    ...sessionRoutes(shop),
    ...secondFactorRoutes(shop, queue),
    ...userRoutes(shop, queue),
    ...ticketRoutes(shop),
    ...setupRoutes(shop, queue),
    ...productRoutes(shop, catalogue),
    ...productChangeRoutes(shop),
    ...uploadRoutes(shop),
    ...customerRoutes(shop),
    ...khataRoutes(shop),
    ...saleRoutes(shop),
    ...orderRoutes(shop),
    ...metalPriceRoutes(shop, wakeTrainer),
    ...diamondPriceRoutes(shop, wakeTrainer),
    ...predictionRoutes(shop, predictions),
    ...analyticsRoutes(shop),
    ...settingsRoutes(shop),
    ...journalRoutes(shop),
    ...eventRoutes(shop),
    ...backupRoutes(shop),
    ...exportRoutes(shop),
    ...metricsRoutes(shop),
  ];
}

export interface AppOptions {
  shop: Shop;
  /** Who predicts and trains; stopped with the app. */
  predictions?: Predictions;
  /** What the public sees of the pieces, in memory. */
  catalogue?: LiveCatalogue;
  logger: FastifyBaseLogger;
  /** Certificate chain and private key (PEM), where the server itself speaks TLS. */
  tls?: { cert: string; key: string };
}

/** Slow clients: headers within 8 s, the whole request within 12 s, looked at every second. */
const SOCKET_LIMITS = {
  headersTimeout: 8_000,
  connectionsCheckingInterval: 1_000,
  // A request without a body does not go through the stations of a stream.
  optimizeEmptyRequests: true,
  // Refused by answerUnacceptable.
  requireHostHeader: false,
};

export async function buildApp({ shop, logger, tls, ...options }: AppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: (request) => requestId(request.headers['x-request-id']),
    trustProxy: shop.config.trustedProxies.length > 0 ? [...shop.config.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 300, querystringParser: parseQuery },
    requestTimeout: 12_000,
    // A client that stops reading its answer (or sending) is let go.
    connectionTimeout: 14_000,
    keepAliveTimeout: 5_000,
    ...(tls ? { https: { ...tls, ...SOCKET_LIMITS } } : { http: SOCKET_LIMITS }),
    frameworkErrors: answerUnroutable(shop.config),
    clientErrorHandler: answerUnparsable(shop.config),
    ajv: { customOptions: { coerceTypes: false, strict: false } },
  } as FastifyServerOptions);
  // Bodies are checked by http/validation.ts; Fastify's own schemas serve the documentation and the replies.
  app.setValidatorCompiler(() => () => true);
  serializeReplies(app);

  const predictions = options.predictions ?? createPredictions(shop, logger);
  app.addHook('onClose', () => predictions.trainer.stop());
  const routes = allRoutes(shop, predictions, options.catalogue ?? new LiveCatalogue(shop, logger));
  await sendCommonHeaders(app, shop.config);
  const room = refuseOverload(app, shop.meters);
  await describeRoutes(app, shop.config.version);
  await app.register(cookie);
  await prepareConsoleFiles(app);
  readJsonBodies(app);
  // After readJsonBodies, which begins by taking all other readers of bodies away.
  await app.register(multipart, { throwFileSizeLimit: false });
  logRequests(app);
  answerErrors(app, routes, shop.meters.requests);
  tagAnswers(app);
  closeAfterTooLarge(app);
  waitForPosition(app, shop.store);
  const early = { requestId, stopping: shop.stopping, meters: shop.meters };
  answerQuestions(app, routes, { ...early, room });
  answerChanges(app, shop, routes, { ...early, room });
  const limiter = shop.config.rateLimit ? new RateLimiter(shop.now) : null;
  const behindProxy = shop.config.trustedProxies.length > 0;
  answerReads(app, routes, { ...early, room, limiter, behindProxy });
  answerUnacceptable(app, shop.config, requestId);
  // Asked first: what is asked most is answered here.
  answerEarly(app, early);
  app.decorateRequest('caller', undefined);
  app.decorateRequest('beginning', undefined);
  for (const route of routes) registerRoute(app, shop, route, limiter);
  return app;
}

/** A caller's own request id is kept when it is harmless in a log. */
function requestId(sent: string | string[] | undefined): string {
  return typeof sent === 'string' && /^[\w-]{8,64}$/.test(sent) ? sent : newRequestId();
}
