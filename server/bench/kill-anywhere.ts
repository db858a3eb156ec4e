// `node server/bench/kill-anywhere.ts [N] [KIND,...]`: kills backup, restore, move and migration, and in a cluster adopt,
// move and restore, N times each (20) at random moments of their run, and prints on which side the shop was found. Exits
// 1 at the first that was between. The cluster is MONGODB_TEST_URI, or one that is started of the mongod on the PATH.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Interruption, interruptions, killAt, makeSample, type Sample } from '../test/kill-anywhere.ts';
import { clusterInterruptions } from '../test/kill-anywhere-cluster.ts';
import { installedServer, startReplicaSet } from '../test/mongo-servers.ts';

const times = Number(process.argv[2] ?? 20);
const only = process.argv[3]?.split(',');
const NEVER_MS = 60_000;
const NAME_WIDTH = 22;

const root = mkdtempSync(join(tmpdir(), 'swati-kill-'));
const servers =
  process.env.MONGODB_TEST_URI === undefined && installedServer() !== null
    ? await startReplicaSet(undefined, 1)
    : null;
if (servers) process.env.MONGODB_TEST_URI = servers.uri;
try {
  const sample = await makeSample(root);
  const inCluster = clusterInterruptions(sample);
  const hasCluster = process.env.MONGODB_TEST_URI !== undefined;
  if (!hasCluster)
    console.log(`SKIPPED: ${Object.keys(inCluster).join(', ')}: there is no mongod on the PATH`);
  const all = { ...interruptions(sample), ...(hasCluster ? inCluster : {}) };
  const strange = only?.filter((name) => !Object.hasOwn(all, name)) ?? [];
  if (strange.length > 0)
    throw new Error(`there is no ${strange.join(', ')} among ${Object.keys(all).join(', ')}`);
  for (const [name, one] of Object.entries(all))
    if (only?.includes(name) ?? true) await killOften(sample, name, one);
} finally {
  await servers?.stop();
  rmSync(root, { recursive: true, force: true });
}

async function killOften(sample: Sample, name: string, one: Interruption): Promise<void> {
  const longestMs = (await killAt(sample, one, NEVER_MS)).ms;
  const sides = new Map<string, number>();
  let said = 0;
  for (let n = 0; n < times; n++) {
    const trial = await killAt(sample, one, Math.random() * longestMs);
    sides.set(trial.side, (sides.get(trial.side) ?? 0) + 1);
    if (trial.said) said++;
  }
  const found = [...sides].map(([side, count]) => `${count} ${side}`).join(', ');
  console.log(
    `${name.padEnd(NAME_WIDTH)}${times} killed within ${Math.round(longestMs)} ms: ${found}; ${said} next runs told of it`,
  );
}
