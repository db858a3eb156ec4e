// The application on a port, which tells of each answer whether the routes gave it or something before them.

import pino from 'pino';
import { type AppOptions, buildApp } from '../src/app.ts';
import type { TestShop } from './test-shop.ts';

/** Whatever has to wait for a position goes through the routes. */
export const ROUTED = { 'x-journal-at-least': '0' };
/** Pages of these may read answers. */
export const ORIGINS = ['https://shop.example', 'https://other.example'];

export interface WatchedApp {
  origin: string;
  ask: (path: string, init?: RequestInit) => Promise<WatchedAnswer>;
  /** The shop is about to stop. */
  stop: () => void;
  close: () => Promise<void>;
}

export interface WatchedAnswer {
  isRouted: boolean;
  id: string | undefined;
  /** Without what differs from answer to answer. */
  answer: { status: number; headers: Record<string, string>; text: string };
}

export async function openWatchedApp(
  { shop }: TestShop,
  others: (parts: Pick<AppOptions, 'shop' | 'logger'>) => Partial<AppOptions> = () => ({}),
): Promise<WatchedApp> {
  const stopping = new AbortController();
  const config = { ...shop.config, corsOrigins: ORIGINS };
  const parts = {
    shop: { ...shop, config, stopping: stopping.signal },
    logger: pino({ level: 'silent' }),
  };
  const app = await buildApp({ ...parts, ...others(parts) });
  let routed = 0;
  app.addHook('onRequest', (_request, _reply, done) => {
    routed++;
    done();
  });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  return {
    origin,
    ask: async (path, init) => {
      const before = routed;
      const response = await fetch(origin + path, init);
      const { date, 'x-request-id': id, ...headers } = Object.fromEntries(response.headers);
      const answer = { status: response.status, headers, text: await response.text() };
      return { isRouted: routed > before, id, answer };
    },
    stop: () => stopping.abort(),
    close: () => app.close(),
  };
}
