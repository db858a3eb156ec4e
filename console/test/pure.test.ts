// The console's rules that need no browser: how a stream is cut into messages, how a statement asks for money.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readMessages } from '../src/api/event-stream.ts';
import { formatPhone } from '../src/format/phone.ts';

describe('the live stream', () => {
  test('is cut into whole messages wherever the line broke it', () => {
    const sent =
      'retry: 2000\n\n:\n\nevent: sale.created\nid: 41\ndata: {"a":1}\n\nevent: hello\ndata: {}\n\n';
    for (let cut = 0; cut <= sent.length; cut++) {
      const first = readMessages(sent.slice(0, cut));
      const second = readMessages(first.rest + sent.slice(cut));
      assert.deepEqual(
        [...first.messages, ...second.messages],
        [
          { event: 'sale.created', id: '41', data: '{"a":1}' },
          { event: 'hello', id: null, data: '{}' },
        ],
        `cut at ${cut}`,
      );
      assert.equal(first.retryMs ?? second.retryMs, 2000);
      assert.equal(second.rest, '');
    }
  });
});

test('phones are grouped as people read them', () => {
  assert.equal(formatPhone('+919825077889'), '+91 98250 77889');
  assert.equal(formatPhone('+14155550123'), '+14155550123');
});
