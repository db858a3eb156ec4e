// What the tests of the khata share: a customer, and postings over HTTP.

import type { Answer, SendOptions, TestShop } from './test-shop.ts';

export interface KhataDesk {
  addCustomer: (more?: object) => Promise<string>;
  post: (body: unknown, options?: SendOptions) => Promise<Answer>;
  debit: (customerId: string, amount: number | string, more?: object) => Promise<Answer>;
  credit: (customerId: string, amount: number | string, more?: object) => Promise<Answer>;
  balanceOf: (customerId: string) => Promise<number>;
}

export function openKhataDesk(shop: TestShop): KhataDesk {
  let phones = 9_000_000_000;
  const post = (body: unknown, options: SendOptions = {}): Promise<Answer> =>
    shop.send('POST', '/api/khata/transactions', { body, ...options });
  return {
    post,
    addCustomer: async (more = {}) => {
      const { body } = await shop.send('POST', '/api/customers', {
        body: { name: 'Asha', phone: String(phones++), ...more },
      });
      return body.data.id;
    },
    debit: (customerId, amount, more = {}) =>
      post({ customer_id: customerId, transaction_type: 'debit', amount, ...more }),
    credit: (customerId, amount, more = {}) =>
      post({ customer_id: customerId, transaction_type: 'credit', amount, ...more }),
    balanceOf: async (customerId) =>
      (await shop.send('GET', `/api/customers/${customerId}`)).body.data.current_balance,
  };
}
