import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

/** Which of its rules axe asks about; those of the colours take more than half of its time. */
export type AxeRules = 'all' | 'all but colours';

/** Fails on any violation of any level. The page's policy lets no script in but by the browser's own door. */
export async function assertAccessible(page: Page, what: string, rules: AxeRules = 'all'): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(SOURCE);
  // What passed is counted, not described.
  const options = { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: rules === 'all' } } };
  const violations = await page.evaluate(async (asked) => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: Violation[] }> };
    };
    return (await axe.run(asked)).violations;
  }, options);
  const told = violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}\n${nodes.map(({ html, failureSummary }) => `  ${html}\n  ${failureSummary}`).join('\n')}`,
  );
  assert.deepEqual(told, [], what);
}
