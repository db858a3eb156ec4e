import { openTestShop } from './test-shop.ts';

/** The OpenAPI document as the application serves it, laid out for reading. */
export async function openApiText(): Promise<string> {
  const shop = await openTestShop();
  const { body } = await shop.send('GET', '/api/openapi.json', { token: null });
  await shop.close();
  return `${JSON.stringify(body, null, 1)}\n`;
}

/** Where the agreed document stands. */
export const GOLDEN = new URL('./openapi.json', import.meta.url);
