import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { type Client, isDone } from '../drive/client.ts';
import { swati } from '../drive/command-line.ts';
import { loopDiskMissing, makeLoopDisk } from '../drive/loop-disk.ts';
import { samplePng, uploadBody } from '../drive/pictures.ts';
import { endPrograms } from '../drive/program.ts';
import { ClientRecord, compareStored } from '../drive/record.ts';
import { type OpenShop, openShop } from '../drive/shop.ts';
import { makeScene, readScene, type Scene } from '../drive/traffic.ts';

const LEFT_BYTES = 600_000;
const BACK_WITHIN_MS = 10_000;
const MOST_WRITES = 4000;

/** R6. */
export const diskFull = check<{ rounds: number }>({
  id: 'R6',
  what: 'A full disk (a small loop-mounted file system), then space again',
  asked: 'writes 507, reads 200, recovers <= 10 s, nothing lost, no half file',
  full: { rounds: 5 },
  quick: 'needs root and loop devices',
  control: { defect: 'a full disk is called busy', size: { rounds: 1 }, red: /was answered 503/ },
  missing: loopDiskMissing,
  run,
});

async function run(stage: Stage, { rounds }: { rounds: number }): Promise<Finding> {
  const disk = makeLoopDisk(stage.folder, 48);
  const dataDir = join(disk.path, 'data');
  try {
    disk.mount();
    const shop = await openShop(stage, { dataDir });
    const desk = new Desk(stage, shop, await makeScene(shop.owner, 2));
    for (let round = 0; round < rounds; round++) await fillOnce(desk, join(disk.path, 'ballast'));
    const { problems, done } = desk;
    const half = readdirSync(dataDir, { recursive: true, encoding: 'utf8' });
    for (const name of half.filter((one) => /\.(part|new|tmp)$/.test(one)))
      problems.push(`a half file was left: ${name}`);
    const { rows, problems: wrong } = await readScene(shop.owner, desk.scene);
    problems.push(...wrong, ...compareStored(desk.record, rows));
    await shop.close();
    const verified = await swati(stage, dataDir, ['verify']);
    if (verified.code !== 0) problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
    const reached = `${rounds} times full, ${done} acknowledged, writing again within ${Math.round(desk.slowestMs)} ms; ${problems.length} problems`;
    return { reached, work: done, floor: rounds * 20, problems };
  } finally {
    await endPrograms(stage.folder);
    disk.remove();
  }
}

/** One clerk who posts long entries, and what he saw. */
class Desk {
  readonly stage: Stage;
  readonly owner: Client;
  readonly scene: Scene;
  readonly record: ClientRecord;
  readonly problems: string[] = [];
  done = 0;
  slowestMs = 0;
  #number = 0;

  constructor(stage: Stage, { owner }: OpenShop, scene: Scene) {
    this.stage = stage;
    this.owner = owner;
    this.scene = scene;
    this.record = new ClientRecord(join(stage.folder, 'record'));
  }

  async post(): Promise<number> {
    const name = `full-${this.#number++}`;
    const body = {
      customer_id: this.scene.customers[0],
      transaction_type: 'debit',
      amount: 10,
      reference_number: name,
      description: this.stage.random.hex(900),
    };
    const answer = await this.owner.post('/api/khata/transactions', body, {
      headers: { 'idempotency-key': name },
    });
    if (this.record.note(answer, { name, fields: { amount: 10 } }) === 'ok') this.done++;
    return answer.status;
  }
}

/** Fills the disk until a write is refused, looks at what still works, and makes room again. */
async function fillOnce(desk: Desk, ballast: string): Promise<void> {
  const { owner, problems, scene, stage } = desk;
  const { bavail, bsize } = statfsSync(dirname(ballast));
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - LEFT_BYTES)));
  let status = 201;
  for (let write = 0; write < MOST_WRITES && status === 201; write++) status = await desk.post();
  if (status !== 507) problems.push(`the write that found the disk full was answered ${status}`);
  for (const path of ['/api/products', `/api/customers/${scene.customers[0]}/khata`, '/api/health/ready']) {
    const read = await owner.get(path);
    if (read.status !== 200) problems.push(`GET ${path} was answered ${read.status} on a full disk`);
  }
  const upload = await owner.post('/api/uploads/image', ...uploadBody(samplePng(1200, 900, stage.random)));
  if (isDone(upload) && !(await isServed(owner, upload.body.data as { image_url: string })))
    problems.push('an upload was accepted on a full disk and is not served');
  rmSync(ballast);
  const from = performance.now();
  while ((await desk.post()) !== 201 && performance.now() - from < BACK_WITHIN_MS) await sleep(100);
  desk.slowestMs = Math.max(desk.slowestMs, performance.now() - from);
  if (desk.slowestMs > BACK_WITHIN_MS) problems.push('no write within 10 s of the space being back');
}

async function isServed(
  client: { get: (path: string) => Promise<{ status: number }> },
  image: { image_url: string },
): Promise<boolean> {
  return (await client.get(image.image_url)).status === 200;
}
