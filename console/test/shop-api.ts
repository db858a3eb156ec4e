// The shop asked directly, to see what the pages really did.

import { OWNER, type RunningShop } from './sample-shop.ts';

export interface ShopApi {
  get: <T>(path: string) => Promise<T>;
  send: (method: string, path: string, body?: unknown) => Promise<Response>;
}

export async function apiOf(shop: RunningShop): Promise<ShopApi> {
  const answer = await fetch(`${shop.origin}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(OWNER),
  });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${shop.origin}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    send,
    get: async <T>(path: string) => (await (await send('GET', path)).json()) as T,
  };
}

/** A customer and a piece that were added and removed again, for the screens that show those. */
export async function removeSome({ send }: ShopApi): Promise<void> {
  for (const [path, body] of [
    ['/api/customers', { name: 'लक्ष्मीबाई त्र्यंबकराव देशपांडे-कुलकर्णी', phone: '98765 00008' }],
    [
      '/api/products',
      {
        name: 'हटाया हुआ मंगलसूत्र',
        category: 'Necklace',
        base_price: 98_76_543,
        weight: 98.765,
        gold_purity: '916',
      },
    ],
  ] as const) {
    const { data } = (await (await send('POST', path, body)).json()) as { data: { id: string } };
    await send('DELETE', `${path}/${data.id}`);
  }
}

/** In rupees, as the shop has it. */
export async function balanceOf(shop: RunningShop, customerId: string): Promise<number> {
  const api = await apiOf(shop);
  const { data } = await api.get<{ data: { current_balance: number } }>(`/api/customers/${customerId}`);
  return data.current_balance;
}
