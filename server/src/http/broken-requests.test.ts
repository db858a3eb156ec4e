// What is no HTTP is refused after the answers to what came before it on the same connection.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { addPerson } from '../../test/builders.ts';
import { openSharedTestShop } from '../../test/shared-test-shop.ts';
import type { TestShop } from '../../test/test-shop.ts';

describe('bytes that are no HTTP', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  /** What comes back until the connection is closed. */
  const received = async (...parts: string[]): Promise<string> => {
    const socket = connect(Number(new URL(shop.origin).port), '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    let text = '';
    for await (const bytes of socket) text += bytes;
    return text;
  };
  const statuses = async (...parts: string[]): Promise<string[]> => {
    return [...(await received(...parts)).matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status ?? '');
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

  it('and what Node would refuse in its own way are refused as everything else', async () => {
    const odd: Record<string, [status: number, type: string]> = {
      'GET /api/products HTTP/1.1': [400, 'bad_request'],
      'POST /api/auth/login HTTP/1.1\r\nHost: x\r\nExpect: more\r\nContent-Length: 2': [
        417,
        'expectation_failed',
      ],
      'CONNECT elsewhere:443 HTTP/1.1\r\nHost: x': [405, 'method_not_allowed'],
      'NONSENSE /api/products HTTP/1.1\r\nHost: x': [400, 'bad_request'],
      [`GET /api/products HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(40_000)}`]: [431, 'headers_too_large'],
    };
    for (const [head, [status, type]] of Object.entries(odd)) {
      const [lines = '', body = ''] = (await received(`${head}\r\n\r\n`)).split('\r\n\r\n');
      assert.ok(lines.startsWith(`HTTP/1.1 ${status} `), lines);
      const { error } = JSON.parse(body) as { error: Record<string, unknown> };
      assert.deepEqual([error.code, error.type], [status, type]);
      const headers = lines.toLowerCase();
      assert.ok(headers.includes(`x-request-id: ${error.request_id}`), lines);
      assert.match(headers, /x-content-type-options: nosniff/);
    }
    assert.deepEqual(
      await statuses('GET /api/health/live HTTP/1.0\r\n\r\n'),
      ['200'],
      'older than the header',
    );
  });

  it('are not waited for where a type is said and no body comes', async () => {
    const person = await addPerson(shop);
    const asked = (line: string, type: string) =>
      received(
        [
          `${line} HTTP/1.1`,
          'Host: x',
          `Authorization: Bearer ${shop.adminToken}`,
          ...(type === '' ? [] : [`Content-Type: ${type}`]),
          'Connection: close',
          '\r\n',
        ].join('\r\n'),
      ).then((text) => /^HTTP\/1\.1 (\d+)[\s\S]*?"type":"(\w+)"/.exec(text)?.slice(1) ?? [text.slice(9, 12)]);
    const types = ['', 'application/json', 'text/csv', 'multipart/form-data; boundary=b'];
    for (const type of types) {
      assert.deepEqual(await asked('POST /api/customers', type), ['400', 'malformed_json'], type);
      assert.deepEqual(await asked('POST /api/uploads/image', type), ['400', 'invalid_input'], type);
      assert.deepEqual(await asked('POST /api/auth/refresh', type), ['401', 'unauthenticated'], type);
    }
    assert.deepEqual(await asked(`DELETE /api/customers/${person}`, 'application/json'), ['200']);
  });
});
