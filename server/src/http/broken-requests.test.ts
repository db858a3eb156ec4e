// What is no HTTP is refused after the answers to what came before it on the same connection.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { addPerson } from '../../test/builders.ts';
import { openTestShop, type TestShop } from '../../test/test-shop.ts';

describe('bytes that are no HTTP', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openTestShop();
  });
  after(() => shop.close());

  /** The statuses of what comes back until the connection is closed. */
  const statuses = async (...parts: string[]): Promise<string[]> => {
    const socket = connect(Number(new URL(shop.origin).port), '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    let received = '';
    for await (const bytes of socket) received += bytes;
    return [...received.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '');
  };
  const entry = (body: object): string => {
    const text = JSON.stringify(body);
    const head = [
      'POST /api/khata/transactions HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${shop.adminToken}`,
    ];
    const of = ['Content-Type: application/json', `Content-Length: ${text.length}`];
    return `${[...head, ...of].join('\r\n')}\r\n\r\n${text}`;
  };

  it('are not taken for the answer to a change before them', async () => {
    const customer_id = await addPerson(shop);
    const change = entry({ customer_id, transaction_type: 'debit', amount: 1 });
    assert.deepEqual(await statuses(change, change, 'garbage\r\n\r\n', 'more of it\r\n\r\n'), [
      '201',
      '201',
      '400',
    ]);
    assert.deepEqual(await statuses(`${change.slice(0, -1)} garbage\r\n\r\n`), ['400']);
    const { body } = await shop.send('GET', `/api/customers/${customer_id}`);
    assert.equal(body.data.current_balance, 2);
  });

  it('are refused at once in place of a body', async () => {
    const head = 'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n';
    assert.deepEqual(await statuses(`${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}`), ['400']);
  });
});
