// Changing the catalogue: who may write may not always publish, so that a piece goes public only by those who may.

import { Data, Done } from '../../contract/envelope.ts';
import {
  BulkProductsBody,
  BulkReply,
  NewProductBody,
  PRODUCT_MESSAGES,
  ProductChangesBody,
  ProductWire,
} from '../../contract/product.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import type { ProductStatus } from '../../domain/product.ts';
import type { User } from '../../domain/user.ts';
import { type Route, route } from '../../http/route.ts';
import { requireAccess } from '../../http/session.ts';
import type { Shop } from '../../http/shop.ts';
import { EXAMPLE_PRODUCT } from './product-examples.ts';
import { productIdOf, toBulkChanges, toNewProduct, toProductChanges } from './product-input.ts';
import { toBulkResultWire, toPricedWire } from './product-wire.ts';

export function productChangeRoutes(shop: Shop): Route[] {
  return [
    addRoute(shop),
    bulkRoute(shop),
    changeRoute(shop),
    removeRoute(shop),
    restoreRoute(shop),
    statusRoute(shop, 'publish'),
    statusRoute(shop, 'unpublish'),
  ];
}

function addRoute({ store, newId }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/products',
    access: 'catalogue.write',
    tag: 'Products',
    summary: 'Add a piece',
    description: 'A draft unless status says published, which needs catalogue.publish as well.',
    body: NewProductBody,
    messages: PRODUCT_MESSAGES,
    status: 201,
    reply: Data(ProductWire),
    example: { success: true, data: EXAMPLE_PRODUCT, message: 'Product created successfully' },
    handle: async ({ body, user, by, wrote, versioned }) => {
      const input = toNewProduct(newId(), body);
      if (input.status === 'published') requirePublish(user);
      const priced = wrote(await store.products.add(input, by));
      versioned(priced.product.version);
      return { success: true, data: toPricedWire(priced), message: 'Product created successfully' };
    },
  });
}

function changeRoute(shop: Shop): Route {
  return route({
    method: 'PUT',
    path: '/api/products/:id',
    access: 'catalogue.write',
    tag: 'Products',
    summary: 'Change a piece',
    description: 'Any subset of the fields. Another status needs catalogue.publish as well.',
    body: ProductChangesBody,
    messages: PRODUCT_MESSAGES,
    reply: Data(ProductWire),
    errors: ['product_not_found', 'stale_version'],
    example: { success: true, data: EXAMPLE_PRODUCT, message: 'Product updated successfully' },
    handle: async (call) => {
      const { params, body, user, by, wrote, versioned } = call;
      const id = productIdOf(params.id);
      const ifVersion = await guardStatus(shop, id, body.status, user, call.ifVersion);
      const priced = wrote(await shop.store.products.change(id, toProductChanges(body), ifVersion, by));
      versioned(priced.product.version);
      return { success: true, data: toPricedWire(priced), message: 'Product updated successfully' };
    },
  });
}

/**
 * Refuses forbidden when a caller who may not publish would publish a piece or take one off the public list. A form
 * that sends the status it read passes; the version read here is then the one that may be changed.
 */
async function guardStatus(
  { store }: Shop,
  id: string,
  status: ProductStatus | undefined,
  user: User | null,
  ifVersion: number | null,
): Promise<number | null> {
  if (status === undefined || mayPublish(user)) return ifVersion;
  const product = await store.products.find(id);
  if (!product) return ifVersion;
  if (product.status !== status) requirePublish(user);
  return ifVersion ?? product.version;
}

function mayPublish(user: User | null): boolean {
  return user !== null && permissionsOf(user).includes('catalogue.publish');
}

function requirePublish(user: User | null): void {
  if (user) requireAccess(user, 'catalogue.publish');
}

function removeRoute({ store }: Shop): Route {
  return route({
    method: 'DELETE',
    path: '/api/products/:id',
    access: 'catalogue.write',
    tag: 'Products',
    summary: 'Remove a piece from the catalogue',
    description: 'It can be restored. Orders and sales that name it stay as they are.',
    reply: Done,
    errors: ['product_not_found', 'stale_version'],
    example: { success: true, message: 'Product deleted successfully' },
    handle: async ({ params, ifVersion, by, wrote }) => {
      wrote(await store.products.remove(productIdOf(params.id), ifVersion, by));
      return { success: true, message: 'Product deleted successfully' };
    },
  });
}

function restoreRoute({ store }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/products/:id/restore',
    access: 'catalogue.write',
    tag: 'Products',
    summary: 'Undo the removal of a piece',
    description: 'A piece that is not removed stays as it is.',
    reply: Data(ProductWire),
    errors: ['product_not_found'],
    example: { success: true, data: EXAMPLE_PRODUCT, message: 'Product restored successfully' },
    handle: async ({ params, by, wrote, versioned }) => {
      const priced = wrote(await store.products.restore(productIdOf(params.id), by));
      versioned(priced.product.version);
      return { success: true, data: toPricedWire(priced), message: 'Product restored successfully' };
    },
  });
}

function statusRoute({ store }: Shop, action: 'publish' | 'unpublish'): Route {
  const status = action === 'publish' ? 'published' : 'draft';
  const message = `Product ${action}ed successfully`;
  return route({
    method: 'POST',
    path: `/api/products/:id/${action}`,
    access: 'catalogue.publish',
    tag: 'Products',
    summary: action === 'publish' ? 'Show a piece to the public' : 'Take a piece off the public list',
    reply: Data(ProductWire),
    errors: ['product_not_found', 'stale_version'],
    example: { success: true, data: EXAMPLE_PRODUCT, message },
    handle: async ({ params, ifVersion, by, wrote, versioned }) => {
      const priced = wrote(await store.products.change(productIdOf(params.id), { status }, ifVersion, by));
      versioned(priced.product.version);
      return { success: true, data: toPricedWire(priced), message };
    },
  });
}

const BULK_WORDS: Record<BulkProductsBody['action'], string> = {
  publish: 'published',
  unpublish: 'unpublished',
  delete: 'deleted',
  restore: 'restored',
  edit: 'changed',
};

function bulkRoute({ store }: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/products/bulk',
    access: 'catalogue.write',
    orAccess: 'catalogue.publish',
    tag: 'Products',
    summary: 'Publish, unpublish, delete, restore or edit many pieces',
    description:
      'Publishing needs catalogue.publish, the others catalogue.write. Each id has its own answer; one that is ' +
      'refused leaves the others done. With edit every piece gets the same `changes`.',
    body: BulkProductsBody,
    reply: BulkReply,
    example: {
      success: true,
      data: [
        {
          id: EXAMPLE_PRODUCT.id,
          success: true,
          changed: true,
          version: 4,
          status: 'published',
          is_active: true,
        },
      ],
      count: 1,
      message: '1 of 1 products published',
    },
    handle: async ({ body, user, by, wrote }) => {
      const { action } = body;
      const publishes = action === 'publish' || action === 'unpublish';
      if (user) requireAccess(user, publishes ? 'catalogue.publish' : 'catalogue.write');
      const ids = body.ids.map((id) => id.toLowerCase());
      const results = wrote(
        action === 'edit'
          ? await store.products.changeMany(ids, toBulkChanges(body), by)
          : await store.products.bulk(ids, action, by),
      );
      const count = results.filter((result) => result.ok).length;
      return {
        success: true,
        data: results.map(toBulkResultWire),
        count,
        message: `${count} of ${results.length} products ${BULK_WORDS[action]}`,
      };
    },
  });
}
