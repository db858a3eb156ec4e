import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import type { Answer, Client } from '../drive/client.ts';
import { swati } from '../drive/command-line.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { OWNER, openShop, signIn } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const JUMPS = ['+2h', '-3h', '+1d', '-1d', '+0', '-10m', '+40d', '+0'];

/** R36: the order of the ledger is that of its numbers, whatever the clock says. */
export const clockJumps = check<{ jumps: number }>({
  id: 'R36',
  what: 'The clock jumps forth and back under load (faketime)',
  asked: '0 entries lost or reordered, no token beyond its life',
  full: { jumps: JUMPS.length },
  quick: 'needs faketime',
  control: { defect: 'the ledger is ordered by the clock', size: { jumps: 4 }, red: /its fold|says/ },
  missing: () => (spawnSync('faketime', ['--version']).status === 0 ? null : 'needs faketime'),
  run,
});

async function run(stage: Stage, { jumps }: { jumps: number }): Promise<Finding> {
  const clock = join(stage.folder, 'clock');
  writeFileSync(clock, '+0');
  const dataDir = join(stage.folder, 'data');
  const library = spawnSync('sh', ['-c', 'ls /usr/lib/*/faketime/libfaketime.so.1'], {
    encoding: 'utf8',
  }).stdout.trim();
  const environment = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_CACHE_DURATION: '1',
    FAKETIME_DONT_FAKE_MONOTONIC: '1',
    // Tokens of 5 minutes.
    APP_ENV: 'testing',
  };
  const shop = await openShop(stage, { dataDir, environment });
  const scene = await makeScene(shop.owner, 3);
  const problems: string[] = [];
  const sums = { ok: 0, expired: 0 };
  const records: ClientRecord[] = [];
  for (let jump = 0; jump < jumps; jump++) {
    const record = new ClientRecord(join(stage.folder, `jump-${jump}`));
    records.push(record);
    // The token of before the jump is over, or not valid yet; the work goes on with a new one.
    const token = await signIn(shop.owner.origin, OWNER.username, OWNER.password);
    shop.owner.token = token;
    const clients = Array.from({ length: 4 }, () => Object.assign(shop.client(), { token }));
    const traffic = new Traffic({ clients, scene, record, random: stage.random, label: `j${jump}` });
    await sleep(400);
    writeFileSync(clock, JUMPS[jump] ?? '+0');
    await sleep(1800);
    await traffic.stop();
    sums.ok += traffic.counts.ok;
    const seconds = secondsOf(JUMPS[jump] ?? '+0');
    const answer = await askedAt(shop.owner, seconds);
    // Five minutes are over as soon as the clock says so; a token of the future is none yet.
    if (Math.abs(seconds) > 300 && answer.status === 200)
      problems.push(
        `after a jump to ${JUMPS[jump]} a token of 5 minutes was accepted at ${answer.headers.date}`,
      );
    if (answer.status === 401) sums.expired++;
  }
  await shop.close();
  const again = await openShop(stage, { dataDir });
  const { rows, problems: wrong } = await readScene(again.owner, scene);
  problems.push(...wrong);
  const names = (label: string) => rows.filter(({ name }) => name.startsWith(label));
  for (const [jump, record] of records.entries()) problems.push(...compareStored(record, names(`j${jump}-`)));
  await again.close();
  const verified = await swati(stage, dataDir, ['verify']);
  if (verified.code !== 0) problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
  const reached = `${jumps} jumps, ${sums.ok} acknowledged, ${sums.expired} times the token was over; ${problems.length} problems`;
  return { reached, work: sums.ok, floor: jumps * 5, problems };
}

/** Who am I, asked once the program has seen the jump: its answer is dated by the new clock. */
async function askedAt(client: Client, seconds: number): Promise<Answer> {
  for (let tries = 0; ; tries++) {
    const answer = await client.get('/api/auth/me');
    const off = Date.parse(String(answer.headers.date)) - Date.now() - seconds * 1000;
    if (Math.abs(off) < 60_000 || tries === 50) return answer;
    await sleep(200);
  }
}

function secondsOf(jump: string): number {
  const [, sign, amount, unit] = /^([+-])(\d+)([mhd]?)$/.exec(jump) ?? [];
  const factor = { m: 60, h: 3600, d: 86_400 }[unit ?? ''] ?? 1;
  return Number(amount) * factor * (sign === '-' ? -1 : 1);
}
