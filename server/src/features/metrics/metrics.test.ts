// The metrics through the real application: who may read them, and that they count what was done.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { addPerson } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { Histogram, type Metric } from '../../domain/metric.ts';
import { mergeReadings } from './merge-readings.ts';

const TOKEN = 'a-token-for-the-metrics';
const DASHBOARD = new URL('../../../../ops/grafana-dashboard.json', import.meta.url);

/** The value of a line, or null where there is none. */
function readValue(text: string, sample: string): number | null {
  const line = text.split('\n').find((one) => one.startsWith(`${sample} `));
  return line === undefined ? null : Number(line.slice(sample.length));
}

describe('GET /api/metrics', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop({ metricsToken: TOKEN });
  });
  after(() => shop.close());

  /** As a program of this machine, with these headers. */
  const ask = (
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string; type: string }> =>
    new Promise((resolve, reject) => {
      request(`${shop.origin}/api/metrics`, { headers }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () => {
          const type = response.headers['content-type'] ?? '';
          resolve({ status: response.statusCode ?? 0, text, type });
        });
      })
        .on('error', reject)
        .end();
    });

  it('are for an admin, for the token, and for programs of this machine; not through a proxy or from a page', async () => {
    const proxied = { 'x-forwarded-for': '203.0.113.7' };
    const staff = await shop.signIn('staff');
    const expected: [Record<string, string>, number][] = [
      [{}, 200],
      [proxied, 401],
      [{ forwarded: 'for=203.0.113.7' }, 401],
      [{ 'x-real-ip': '203.0.113.7' }, 401],
      [{ via: '1.1 proxy' }, 401],
      [{ origin: 'https://elsewhere.example' }, 401],
      [{ 'sec-fetch-site': 'cross-site' }, 401],
      [{ host: 'rebound.example' }, 401],
      [{ ...proxied, authorization: `Bearer ${TOKEN}` }, 200],
      [{ ...proxied, authorization: `Bearer ${TOKEN}x` }, 401],
      [{ authorization: 'Bearer guess' }, 200],
      [{ ...proxied, authorization: 'Bearer guess' }, 401],
      [{ ...proxied, authorization: `Bearer ${shop.adminToken}` }, 200],
      [{ ...proxied, authorization: `Bearer ${staff}` }, 403],
    ];
    for (const [headers, status] of expected) {
      const answer = await ask(headers);
      assert.equal(answer.status, status, JSON.stringify(headers));
      assert.equal(/swati_/.test(answer.text), status === 200);
    }
  });

  it('are text that Prometheus reads: each line a sample of a family that was named before it', async () => {
    const { text, type } = await ask();
    assert.equal(type, 'text/plain; version=0.0.4; charset=utf-8');
    let family = '';
    const seen = new Set<string>();
    for (const line of text.trimEnd().split('\n')) {
      const named = /^# TYPE (\w+) (?:counter|gauge|histogram)$/.exec(line)?.[1];
      if (named !== undefined) {
        assert.ok(!seen.has(named), `${named} stands there twice`);
        seen.add(named);
        family = named;
      }
      if (line.startsWith('#')) continue;
      assert.match(line, /^[a-z_]+(\{(\w+="[^"\\]*",?)+\})? -?[0-9.e+-]+$/, line);
      assert.ok(line.startsWith(family), line);
    }
  });

  it('count requests by route and status, times, readings, groups and the journal', async () => {
    const before = (await ask()).text;
    for (let n = 0; n < 3; n++) await shop.send('GET', '/api/customers');
    await shop.send('POST', '/api/customers', { body: {} });
    await shop.send('GET', '/api/nowhere');
    await shop.send('PUT', '/api/health');
    await addPerson(shop);
    const after = (await ask()).text;
    const grown = (sample: string): number =>
      (readValue(after, sample) ?? 0) - (readValue(before, sample) ?? 0);
    const counted = (method: string, route: string, status: number): number =>
      grown(`swati_requests_total{method="${method}",route="${route}",status="${status}"}`);
    assert.equal(counted('GET', '/api/customers', 200), 3);
    assert.equal(counted('POST', '/api/customers', 400), 1);
    assert.equal(counted('', 'none', 404), 1);
    assert.equal(counted('', 'none', 405), 1);
    assert.equal(grown('swati_request_seconds_count{method="GET",route="/api/customers"}'), 3);
    assert.equal(grown('swati_request_seconds_bucket{method="GET",route="/api/customers",le="+Inf"}'), 3);
    assert.equal(grown('swati_journal_position'), 1);
  });

  it('count what is sent again early as requests, too', async () => {
    const list = 'swati_requests_total{method="GET",route="/api/products",status="200"}';
    await shop.send('GET', '/api/products', { token: null });
    const before = (await ask()).text;
    for (let n = 0; n < 4; n++) await shop.send('GET', '/api/products', { token: null });
    const after = (await ask()).text;
    assert.equal((readValue(after, list) ?? 0) - (readValue(before, list) ?? 0), 4);
    assert.ok(
      (readValue(after, 'swati_early_answers_total') ?? 0) >
        (readValue(before, 'swati_early_answers_total') ?? 0),
    );
  });

  it('are what the dashboard asks for, and it shows those that matter most', async () => {
    const there = new Set([...(await ask()).text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name));
    const dashboard = JSON.parse(readFileSync(DASHBOARD, 'utf8')) as {
      panels: { targets?: { expr: string }[] }[];
    };
    const asked = dashboard.panels.flatMap(({ targets = [] }) =>
      targets.flatMap(({ expr }) => expr.match(/swati_\w+/g) ?? []),
    );
    const shown = new Set(asked.map((name) => name.replace(/_(bucket|sum|count)$/, '')));
    for (const name of shown) assert.ok(there.has(name), `${name} is not a metric`);
    const forgotten = [...there].filter((name) => name !== undefined && !shown.has(name));
    assert.deepEqual(forgotten, [], 'a metric that nobody sees');
  });
});

describe('the figures', () => {
  it('of a histogram are counted up to each bound, the bound included', () => {
    const histogram = new Histogram([1, 10]);
    for (const value of [0.5, 1, 1.5, 10, 11]) histogram.note(value);
    assert.deepEqual(
      histogram.samples('a="b"').map(({ suffix, labels, value }) => [suffix, labels, value]),
      [
        ['_bucket', 'a="b",le="1"', 2],
        ['_bucket', 'a="b",le="10"', 4],
        ['_bucket', 'a="b",le="+Inf"', 5],
        ['_sum', 'a="b"', 24],
        ['_count', 'a="b"', 5],
      ],
    );
  });

  it('of several workers are summed where they were counted, and keep their worker where they were measured', () => {
    const metrics = (value: number): Metric[] => [
      { name: 'c_total', help: 'c', type: 'counter', samples: [{ suffix: '', labels: 'x="1"', value }] },
      { name: 'g', help: 'g', type: 'gauge', samples: [{ suffix: '', labels: '', value }] },
    ];
    const merged = mergeReadings([
      { worker: '1', metrics: metrics(2) },
      { worker: '2', metrics: metrics(3) },
    ]);
    assert.deepEqual(
      merged.map(({ samples }) => samples.map(({ labels, value }) => `${labels} ${value}`)),
      [['x="1" 5'], ['worker="1" 2', 'worker="2" 3']],
    );
  });
});
