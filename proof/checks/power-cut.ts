import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { swati } from '../drive/command-line.ts';
import { loopDiskMissing, makeLoopDisk } from '../drive/loop-disk.ts';
import { endPrograms } from '../drive/program.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { openShop } from '../drive/shop.ts';
import { makeScene, readScene, Traffic } from '../drive/traffic.ts';

const CLIENTS = 16;

/** R2: what was acknowledged lies on the disk, not in the memory of the machine. */
export const powerCut = check<{ rounds: number }>({
  id: 'R2',
  what: 'Power cut under write load: the file system is stopped without its journal, mounted again, started',
  asked: '30 rounds: 0 acknowledged lost',
  full: { rounds: 30 },
  quick: 'needs root and loop devices',
  control: { defect: 'commits are not synced', size: { rounds: 3 }, red: /acknowledged and lost|could not/ },
  missing: loopDiskMissing,
  run,
});

async function run(stage: Stage, { rounds }: { rounds: number }): Promise<Finding> {
  const disk = makeLoopDisk(stage.folder, 256);
  const dataDir = join(disk.path, 'data');
  const problems: string[] = [];
  const sums = { ok: 0, unknown: 0 };
  try {
    disk.mount();
    let shop = await openShop(stage, { dataDir });
    for (let round = 0; round < rounds; round++) {
      const scene = await makeScene(shop.owner);
      const record = new ClientRecord(join(stage.folder, `round-${round}`));
      const clients = Array.from({ length: CLIENTS }, () => shop.client());
      const traffic = new Traffic({ clients, scene, record, random: stage.random, label: `p${round}` });
      await sleep(stage.random.whole(300, 900));
      disk.cutPower();
      await sleep(50);
      await Promise.all(shop.programs.map((program) => program.kill()));
      await traffic.stop();
      await shop.close();
      disk.unmount();
      disk.mount();
      shop = await openShop(stage, { dataDir }).catch((error: Error) => {
        throw new Error(`round ${round}: could not start after the cut: ${error.message}`);
      });
      await traffic.retryUnknown(shop.owner);
      const { rows, problems: wrong } = await readScene(shop.owner, scene);
      problems.push(
        ...[...wrong, ...compareStored(record, rows)].map((problem) => `round ${round}: ${problem}`),
      );
      sums.ok += traffic.counts.ok;
      sums.unknown += traffic.counts.unknown;
    }
    await shop.close();
    const verified = await swati(stage, dataDir, ['verify']);
    if (verified.code !== 0) problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
  } finally {
    await endPrograms(stage.folder);
    disk.remove();
  }
  const reached = `${rounds} rounds, ${sums.ok} acknowledged, ${sums.unknown} unknown; ${problems.length} lost or wrong`;
  return { reached, work: sums.ok, floor: rounds * 30, problems };
}
