// `node server/bench/kill-anywhere.ts [N]`: kills backup, restore, move and migration N times each (20) at random moments
// of their run, and prints on which side the shop was found. Exits 1 at the first that was between.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { interruptions, killAt, makeSample } from '../test/kill-anywhere.ts';

const times = Number(process.argv[2] ?? 20);
const NEVER_MS = 60_000;

const root = mkdtempSync(join(tmpdir(), 'swati-kill-'));
try {
  const sample = await makeSample(root);
  for (const [name, one] of Object.entries(interruptions(sample))) {
    const started = performance.now();
    await killAt(sample, one, NEVER_MS);
    // The whole run is its own second run, too: half of what both took is more than one of them.
    const longestMs = (performance.now() - started) * 0.6;
    const sides = new Map<string, number>();
    let said = 0;
    for (let n = 0; n < times; n++) {
      const trial = await killAt(sample, one, Math.random() * longestMs);
      sides.set(trial.side, (sides.get(trial.side) ?? 0) + 1);
      if (trial.said) said++;
    }
    const found = [...sides].map(([side, count]) => `${count} ${side}`).join(', ');
    console.log(
      `${name.padEnd(10)}${times} killed within ${Math.round(longestMs)} ms: ${found}; ${said} next runs told of it`,
    );
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
