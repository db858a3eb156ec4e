import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { openShop } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const LANES = 2;
const ATTACH_LIMIT_MS = 5000;
const LOAD_MS = 350;

interface Size {
  /** The last N; every `step`-th is tried. */
  most: number;
  step: number;
}

/** R5: the N-th sync or write of a running program fails with EIO, once each for N = 1 to 200. */
export const failingDisk = check<Size>({
  id: 'R5',
  what: 'The N-th write or sync of the disk fails (strace -e inject=fsync,fdatasync,pwrite64:error=EIO)',
  asked: 'N = 1..200: 0 2xx for a failed commit',
  full: { most: 200, step: 1 },
  quick: 'needs strace, and a start of the program for each N',
  control: {
    defect: 'a failed commit is called good',
    size: { most: 12, step: 2 },
    red: /acknowledged and lost/,
  },
  missing: () => (spawnSync('strace', ['-V']).status === 0 ? null : 'needs strace'),
  run,
});

async function run(stage: Stage, { most, step }: Size): Promise<Finding> {
  const numbers = Array.from({ length: Math.floor(most / step) }, (_, index) => 1 + index * step);
  const sums = { ok: 0, unknown: 0, died: 0 };
  const problems: string[] = [];
  const lane = async (index: number): Promise<void> => {
    const dataDir = join(stage.folder, `lane-${index}`);
    let shop = await openShop(stage, { dataDir });
    for (const number of numbers.filter((one) => Math.floor(one / step) % LANES === index)) {
      const scene = await makeScene(shop.owner, 2);
      const record = new ClientRecord(join(stage.folder, `n-${number}`));
      const detach = await failAt((shop.programs[0] as { pid: number }).pid, number);
      const clients = Array.from({ length: 4 }, () => shop.client());
      const traffic = new Traffic({ clients, scene, record, random: stage.random, label: `n${number}` });
      await sleep(LOAD_MS);
      const hasEnded = shop.programs.every((program) => program.hasEnded());
      await Promise.all(shop.programs.map((program) => program.kill()));
      await traffic.stop();
      await detach();
      await shop.close();
      shop = await openShop(stage, { dataDir });
      const { rows, problems: wrong } = await readScene(shop.owner, scene);
      problems.push(
        ...[...wrong, ...compareStored(record, rows)].map((problem) => `N = ${number}: ${problem}`),
      );
      sums.ok += traffic.counts.ok;
      sums.unknown += traffic.counts.unknown;
      if (hasEnded) sums.died++;
    }
    await shop.close();
  };
  await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)));
  const reached =
    `N = 1..${most}${step === 1 ? '' : ` by ${step}`}: ${sums.ok} acknowledged, ${sums.unknown} unknown, ` +
    `${sums.died} times the program ended itself; ${problems.length} problems`;
  return { reached, work: sums.ok, floor: numbers.length * 2, problems };
}

/** Lets the n-th of these calls of each thread of the process fail from now on; answers how to let go of it. */
async function failAt(pid: number, number: number): Promise<() => Promise<void>> {
  const calls = 'fsync,fdatasync,pwrite64';
  const words = [
    '-f',
    '-p',
    String(pid),
    '-e',
    `trace=${calls}`,
    '-e',
    `inject=${calls}:error=EIO:when=${number}`,
  ];
  const child = spawn('strace', [...words, '-o', '/dev/null'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = once(child, 'close');
  const attached = new Promise<void>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (text.includes('attached')) resolve();
    });
  });
  await Promise.race([attached, ended, sleep(ATTACH_LIMIT_MS)]);
  return async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
    await ended;
  };
}
