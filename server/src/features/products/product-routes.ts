// Reading the catalogue. The public sees published pieces only; drafts need the permission, by whatever route.

import { Type } from 'typebox';
import { Data, Paged } from '../../contract/envelope.ts';
import {
  AdminProductQuery,
  OneProductQuery,
  PieceWorkingWire,
  PriceBody,
  PriceWorkingWire,
  ProductQuery,
  ProductWire,
} from '../../contract/product.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import { CATEGORIES, type Product, type ProductFilter } from '../../domain/product.ts';
import { refuse, type ShopError } from '../../domain/shop-error.ts';
import type { User } from '../../domain/user.ts';
import { noteMatter } from '../../http/etag.ts';
import { sendKept } from '../../http/kept-answer.ts';
import { type PageNumbers, pageInfo, readPage } from '../../http/paging.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { asFile } from '../exports/send-export.ts';
import type { ListQuery, LiveCatalogue } from './live-catalogue.ts';
import { readBoard, wantsPrice } from './price-board.ts';
import { EXAMPLE_PAGE, EXAMPLE_PRICE, EXAMPLE_PRODUCT, EXAMPLE_WORKING } from './product-examples.ts';
import { toProductFilter, toStatusFilter } from './product-filter.ts';
import { productIdOf, toPricedPiece } from './product-input.ts';
import { toProductWire, toWorkingWire } from './product-wire.ts';

export function productRoutes(shop: Shop, catalogue: LiveCatalogue): Route[] {
  return [
    listRoute(shop, catalogue),
    adminListRoute(shop),
    categoriesRoute(),
    readRoute(shop, catalogue),
    priceRoute(shop),
    typedPriceRoute(shop),
  ];
}

function listRoute(shop: Shop, catalogue: LiveCatalogue): Route {
  return route({
    method: 'GET',
    path: '/api/products',
    access: 'public',
    rate: { kind: 'search', when: 'search' },
    tag: 'Products',
    summary: 'List published pieces, newest first',
    query: ProductQuery,
    reply: Paged(ProductWire),
    errors: ['invalid_input'],
    example: EXAMPLE_PAGE,
    atOnce: (url, query) => catalogue.listAtOnce(url, () => toPublicList(query)),
    handle: async ({ query, request, reply }) => {
      const kept = await catalogue.list(request.url, () => toPublicList(query));
      return kept ? sendKept(request, reply, kept) : listPage(shop, query, toPublicList(query).filter);
    },
  });
}

function toPublicList(query: Record<string, string | undefined>): ListQuery {
  const filter: ProductFilter = { ...toProductFilter(query), status: 'published' };
  return { filter, numbers: readNumbers(query), withPrice: wantsPrice(query) };
}

function adminListRoute(shop: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/products/admin',
    access: 'catalogue.read_drafts',
    tag: 'Products',
    ticket: true,
    summary: 'List all pieces, drafts included, newest first',
    query: AdminProductQuery,
    reply: Paged(ProductWire),
    errors: ['invalid_input'],
    example: EXAMPLE_PAGE,
    handle: async (call) => {
      const { query } = call;
      const status = toStatusFilter(query.status);
      const filter = {
        ...toProductFilter(query),
        ...(status && { status }),
        ...(query.removed === 'true' ? { isRemoved: true } : {}),
      };
      const { products } = shop.store;
      const file = await asFile(shop, call, { table: 'products', filter }, (page) =>
        products.list(filter, page),
      );
      return file ?? listPage(shop, query, filter);
    },
  });
}

async function listPage(shop: Shop, query: Record<string, string | undefined>, filter: ProductFilter) {
  const numbers = readNumbers(query);
  const page = await shop.store.products.list(filter, numbers);
  const board = wantsPrice(query) ? await readBoard(shop) : null;
  return {
    success: true,
    data: page.rows.map((product) => toProductWire(product, board)),
    pagination: pageInfo(page, numbers),
  };
}

function readNumbers(query: Record<string, string | undefined>): PageNumbers {
  return readPage(query, {
    message: 'Invalid page number',
    details: 'Page number must be greater than 0',
  });
}

function categoriesRoute(): Route {
  return route({
    method: 'GET',
    path: '/api/products/categories',
    access: 'public',
    tag: 'Products',
    summary: 'List the categories',
    reply: Data(Type.Array(Type.String())),
    example: { success: true, data: [...CATEGORIES] },
    handle: () => ({ success: true, data: [...CATEGORIES] }),
  });
}

function readRoute(shop: Shop, catalogue: LiveCatalogue): Route {
  return route({
    method: 'GET',
    path: '/api/products/:id',
    access: 'public',
    optionalUser: true,
    tag: 'Products',
    summary: 'Read one piece',
    description: 'A draft is found only by those who may read drafts.',
    query: OneProductQuery,
    reply: Data(ProductWire),
    errors: ['product_not_found'],
    example: { success: true, data: EXAMPLE_PRODUCT },
    handle: async ({ params, query, user, versioned, request, reply }) => {
      // Who is signed in may see more than the catalogue holds.
      const kept = user === null && (await catalogue.piece(productIdOf(params.id), wantsPrice(query)));
      if (kept === undefined) throw noSuchProduct(params.id);
      if (kept) return sendKept(request, reply, kept);
      const product = await findVisible(shop, params.id, user);
      const board = wantsPrice(query) ? await readBoard(shop) : null;
      versioned(product.version);
      return { success: true, data: toProductWire(product, board) };
    },
  });
}

function priceRoute(shop: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/products/:id/price',
    access: 'public',
    optionalUser: true,
    tag: 'Products',
    summary: 'The price of one piece, with its working line by line',
    reply: Data(PieceWorkingWire),
    errors: ['product_not_found'],
    example: EXAMPLE_WORKING,
    handle: async ({ params, user, request }) => {
      const product = await findVisible(shop, params.id, user);
      const working = toWorkingWire(product, await readBoard(shop), shop.now());
      noteMatter(request, { ...working, as_of: undefined });
      return { success: true, data: { product_id: product.id, ...working } };
    },
  });
}

function typedPriceRoute(shop: Shop): Route {
  return route({
    method: 'POST',
    path: '/api/products/price',
    access: 'catalogue.write',
    reads: true,
    tag: 'Products',
    summary: 'What a piece would cost, with the working, while it is being typed',
    description: 'Saves nothing. The same reckoning as of saved pieces.',
    body: PriceBody,
    reply: Data(PriceWorkingWire),
    // Nothing is changed, so a repeat is simply reckoned again.
    repeatable: false,
    errors: ['invalid_input'],
    example: { success: true, data: EXAMPLE_PRICE },
    handle: async ({ body }) => ({
      success: true,
      data: toWorkingWire(toPricedPiece(body), await readBoard(shop), shop.now()),
    }),
  });
}

/** A piece that this caller may see. Refuses product_not_found, which says nothing about whether a draft exists. */
async function findVisible({ store }: Shop, text: string, user: User | null): Promise<Product> {
  const product = await store.products.find(productIdOf(text));
  const seesDrafts = user !== null && permissionsOf(user).includes('catalogue.read_drafts');
  if (product && (product.status === 'published' || seesDrafts)) return product;
  throw noSuchProduct(text);
}

function noSuchProduct(text: string): ShopError {
  return refuse('product_not_found', { details: `There is no product with id ${text}` });
}
