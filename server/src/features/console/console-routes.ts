// The console's files at /console: the built pages, never anything else of the machine. The pages find their own way
// from there (/console/today), so every address that is no file answers the one page.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import serveFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Route, route } from '../../http/route.ts';

const DIST = fileURLToPath(new URL('../../../../console/dist', import.meta.url));

const PAGE = 'index.html';

const PAGE_POLICY =
  // Mantine writes style sheets of its own into the page, so styles may be inline; scripts never.
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; " +
  "base-uri 'none'; frame-ancestors 'none'";

/** A service worker may ask for what its own policy allows, not for what the page's does. */
const WORKER = 'sw.js';
const WORKER_POLICY = "default-src 'none'; connect-src 'self'; frame-ancestors 'none'";

/** A year: the names of these files change with their content. */
const HASHED_FILE_CACHING = 'public, max-age=31536000, immutable';

/** Gives replies the `sendFile` that the routes below use. */
export async function prepareConsoleFiles(app: FastifyInstance): Promise<void> {
  // The build writes a Brotli and a gzip copy beside each file; they are sent as they are.
  await app.register(serveFiles, {
    root: DIST,
    serve: false,
    suppressWarning: true,
    cacheControl: false,
    preCompressed: true,
  });
}

export function consoleRoutes(): Route[] {
  const page = {
    method: 'GET',
    access: 'public',
    tag: 'Console',
    reply: null,
    produces: 'text/html',
    example: '<!doctype html>',
    hidden: true,
  } as const;
  return [
    route({
      ...page,
      path: '/console',
      summary: 'The console',
      handle: ({ request, reply }) => sendPage(request, reply),
    }),
    route({
      ...page,
      path: '/console/*',
      summary: "The console's files and its pages",
      handle: ({ params, request, reply }) => {
        const rest = (params as Record<string, string>)['*'] ?? '';
        if (!/^[\w./-]+\.\w+$/.test(rest) || rest.includes('..')) return sendPage(request, reply);
        const hashed = rest.startsWith('assets/');
        if (rest === WORKER) reply.header('Content-Security-Policy', WORKER_POLICY);
        return reply
          .header('Cache-Control', hashed ? HASHED_FILE_CACHING : 'no-cache')
          .sendFile(rest, { cacheControl: false });
      },
    }),
  ];
}

function sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  // Browsers heed it where the connection is safe, and complain on their console where it is not.
  const isSafe = request.protocol === 'https' || /^(localhost|127\.|\[?::1)/.test(request.hostname);
  if (isSafe) reply.header('Cross-Origin-Opener-Policy', 'same-origin');
  reply.header('Content-Security-Policy', PAGE_POLICY).header('Cache-Control', 'no-cache');
  if (existsSync(join(DIST, PAGE))) return reply.sendFile(PAGE, { cacheControl: false });
  return reply.code(404).type('text/html; charset=utf-8').send(NOT_BUILT);
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<title>Swati Jewellers</title>
<h1>The console is not built</h1>
<p>The shop is running, but its pages are not there yet. Run <code>npm run build</code>, then load this page again.</p>
<p>The API is described at <a href="/api/docs">/api/docs</a>.</p>
</html>
`;
