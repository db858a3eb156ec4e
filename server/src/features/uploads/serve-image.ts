import type { FastifyRequest } from 'fastify';
import type { Image } from '../../domain/image.ts';
import { isImageName } from '../../domain/image-name.ts';
import { refuse } from '../../domain/shop-error.ts';
import { hasTag } from '../../http/etag.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';

export function serveImageRoute({ store }: Shop): Route {
  return route({
    method: 'GET',
    path: '/uploads/products/:filename',
    access: 'public',
    tag: 'Uploads',
    summary: 'The picture itself',
    reply: null,
    produces: 'image/*',
    errors: ['file_not_found'],
    example: null,
    handle: async ({ params: { filename }, request, reply }) => {
      const image = isImageName(filename) ? await store.images.find(filename) : null;
      if (image === null) throw refuse('file_not_found');
      const tag = `"${image.sha256.slice(0, 32)}"`;
      reply
        .header('ETag', tag)
        .header('Last-Modified', new Date(image.createdAt).toUTCString())
        .header('Cache-Control', 'no-cache')
        .header('Content-Security-Policy', "default-src 'none'");
      if (isUnchanged(request, image, tag)) return reply.code(304).send();
      return reply.type(image.contentType).send(Buffer.from(image.bytes));
    },
  });
}

/** If-None-Match decides where it is sent; else If-Modified-Since, to the second. */
function isUnchanged({ headers }: FastifyRequest, image: Image, tag: string): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return hasTag(tags, tag);
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return Math.floor(image.createdAt / 1000) * 1000 <= since;
}
