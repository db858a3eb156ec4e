// The API's description, made of the same schemas that check and serialise, and a readable page of it. Nothing here
// needs the internet.

import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { type Route, route } from '../../http/route.ts';
import { completeDocument } from './complete-document.ts';
import { overview } from './overview.ts';
import { TAGS } from './tags.ts';

/** Scripts come from here alone; the page's own style sheet sets styles inline. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** In the place of the generator's own look: its bar, its marks and its colours. */
const THEME = {
  title: 'Swati Jewellers: the API',
  css: [{ filename: 'page.css', content: readFileSync(new URL('./page.css', import.meta.url), 'utf8') }],
  favicon: [
    {
      filename: 'mark.svg',
      rel: 'icon',
      type: 'image/svg+xml',
      sizes: 'any',
      content: readFileSync(new URL('./mark.svg', import.meta.url), 'utf8'),
    },
  ],
};

/** Listens to the routes that are registered after it, and serves the page. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Swati Jewellers',
        version,
        description: overview(),
      },
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      // Relative: the page works under whatever name the shop is reached by.
      servers: [{ url: '/' }],
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      },
    },
    transformObject: (made) =>
      'openapiObject' in made ? completeDocument(made.openapiObject) : made.swaggerObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: PAGE_POLICY,
    theme: THEME,
    uiConfig: {
      docExpansion: 'list',
      deepLinking: true,
      filter: true,
      persistAuthorization: false,
      defaultModelsExpandDepth: -1,
      // A light theme that the page has and its types do not name.
      syntaxHighlight: { theme: 'idea' as 'agate' },
    },
  });
}

export function documentationRoutes(): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/openapi.json',
      access: 'public',
      tag: 'Health',
      summary: 'This document',
      reply: Type.Unsafe<object>({ type: 'object', additionalProperties: true }),
      example: { openapi: '3.1.0', info: { title: 'Swati Jewellers', version: '1.0.0' }, paths: {} },
      handle: ({ request }) => request.server.swagger() as object,
    }),
  ];
}
