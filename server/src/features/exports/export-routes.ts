// All data of the shop as one file. The exports of single lists are the lists' own, by `?format=`.

import { WholeExportQuery } from '../../contract/export.ts';
import { invalid } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { sendExport } from './send-export.ts';

export function exportRoutes(shop: Shop): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/export/all',
      access: 'export.all',
      ticket: true,
      tag: 'Exports',
      summary: 'Download everything as one zip',
      description:
        'Every table as a CSV file, all of one moment, with a `manifest.json` that names row counts and SHA-256 ' +
        'sums. No passwords, sessions or keys. That it was made stands in the journal.',
      query: WholeExportQuery,
      reply: null,
      produces: 'application/zip',
      errors: ['invalid_input'],
      example: 'PK...',
      handle: async (call) => {
        const { images = 'false' } = call.query;
        if (!['true', 'false', ''].includes(images)) throw invalid('images', 'enum', 'must be true or false');
        const rows = await countAll(shop);
        return sendExport(shop, call, { table: 'all', images: images === 'true', at: shop.now() }, rows);
      },
    }),
  ];
}

async function countAll({ store }: Shop): Promise<number> {
  const { rows } = await store.info();
  return Object.values(rows).reduce((sum, count) => sum + count, 0);
}
