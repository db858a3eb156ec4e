// Every answer of analytics against the brute force, for a shop that random days were lived in.

import { expectedMetrics } from './expected-metrics.ts';
import { olderAnswers } from './expected-older-answers.ts';
import type { RandomDays } from './random-days.ts';
import type { TestShop } from './test-shop.ts';

/** What differs, one line for people each; how many answers were compared, and of which metrics. */
export async function compareMetrics(
  shop: TestShop,
  { record, token }: RandomDays,
): Promise<{ compared: number; names: Set<string>; differences: string[] }> {
  const differences: string[] = [];
  let compared = 0;
  const names = new Set<string>();
  for (const { path, data } of [
    ...olderAnswers(record, shop.clock.now),
    ...expectedMetrics(record, shop.clock.now),
  ]) {
    const headers = { authorization: `Bearer ${token}` };
    const answer = await shop.app.inject({ method: 'GET', url: `/api/analytics/${path}`, headers });
    compared++;
    names.add(path.split('?', 1)[0] ?? '');
    const where = answer.statusCode === 200 ? firstDifference(data, answer.json().data, 'data') : answer.body;
    if (where !== null) differences.push(`${path}: ${where}`);
  }
  return { compared, names, differences };
}

/** Where two values differ first, or null; fields that only the answer has are passed over. */
function firstDifference(expected: unknown, actual: unknown, at: string): string | null {
  if (typeof expected !== 'object' || expected === null) {
    if (expected === actual) return null;
    return `${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  }
  if (typeof actual !== 'object' || actual === null) return `${at} is ${JSON.stringify(actual)}`;
  for (const [name, one] of Object.entries(expected)) {
    const found = firstDifference(one, (actual as Record<string, unknown>)[name], `${at}.${name}`);
    if (found !== null) return found;
  }
  const [wanted, rows] = [expected, actual].map((value) => (Array.isArray(value) ? value.length : 0));
  return wanted === rows ? null : `${at} has ${rows} rows, not ${wanted}`;
}
