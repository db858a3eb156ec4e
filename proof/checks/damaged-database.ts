import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Finding, type Stage } from '../check.ts';
import { swati } from '../drive/command-line.ts';
import { DidNotStart, startProgram } from '../drive/program.ts';
import type { Seeded } from '../drive/seeded.ts';

const PAGE_BYTES = 4096;
const EXIT_CONFIG = 78;

type Damage = (bytes: Buffer, random: Seeded) => Buffer;

/** A page from the middle of the file: never the first, which every start reads. */
function somePage(bytes: Buffer, random: Seeded): number {
  return random.whole(10, Math.floor(bytes.length / PAGE_BYTES) - 10) * PAGE_BYTES;
}

function withPage(bytes: Buffer, at: number, page: Buffer): Buffer {
  page.copy(bytes, at);
  return bytes;
}

const DAMAGES: Record<string, Damage> = {
  'zeroed header': (bytes) => withPage(bytes, 0, Buffer.alloc(100)),
  truncated: (bytes) => bytes.subarray(0, Math.floor(bytes.length / PAGE_BYTES / 2) * PAGE_BYTES),
  'zeroed page': (bytes, random) => withPage(bytes, somePage(bytes, random), Buffer.alloc(PAGE_BYTES)),
  'swapped pages': (bytes, random) => {
    const one = somePage(bytes, random);
    let two = one;
    while (two === one) two = somePage(bytes, random);
    const [left, right] = [one, two].map((at) => Buffer.from(bytes.subarray(at, at + PAGE_BYTES)));
    return withPage(withPage(bytes, one, right as Buffer), two, left as Buffer);
  },
  'garbage page': (bytes, random) =>
    withPage(bytes, somePage(bytes, random), Buffer.from(random.hex(PAGE_BYTES * 2), 'hex')),
  '0 bytes': () => Buffer.alloc(0),
};

/** R7: a shop that opened on a damaged file would write its next day into it. */
export const damagedDatabase = check<{ times: number }>({
  id: 'R7',
  what: 'A damaged database at start: zeroed header, truncated, zeroed, swapped and garbage page, 0 bytes',
  asked: '6 of 6 refused, exit 78, one line naming the file and the restore command',
  full: { times: 5 },
  quick: 'half a minute with its control; start-stop.long-test.ts damages pages',
  control: { defect: 'pages are not looked at', size: { times: 2 }, red: /page: (it opened|ended with)/ },
  run,
});

async function run(stage: Stage, { times }: { times: number }): Promise<Finding> {
  const whole = join(stage.folder, 'whole');
  const seed = await swati(stage, whole, ['seed']);
  if (seed.code !== 0) throw new Error(`swati seed: ${seed.err}`);
  const bytes = readFileSync(join(whole, 'shop.db'));
  const problems: string[] = [];
  let refused = 0;
  let tried = 0;
  for (let time = 0; time < times; time++) {
    for (const [name, damage] of Object.entries(DAMAGES)) {
      const dataDir = join(stage.folder, `damaged-${tried++}`);
      cpSync(whole, dataDir, { recursive: true });
      const file = join(dataDir, 'shop.db');
      writeFileSync(file, damage(Buffer.from(bytes), stage.random));
      const problem = await startOn(stage, dataDir, file);
      if (problem === null) refused++;
      else problems.push(`${name}: ${problem}`);
    }
  }
  // The undamaged one must open: refusing everything is easy.
  await (await startProgram(stage, { dataDir: whole })).stop();
  const reached = `${refused} of ${tried} refused (${Object.keys(DAMAGES).length} kinds)`;
  return { reached, work: tried, floor: Object.keys(DAMAGES).length, problems };
}

/** What is wrong with how the program took it, or null. */
async function startOn(stage: Stage, dataDir: string, file: string): Promise<string | null> {
  try {
    const program = await startProgram(stage, { dataDir });
    await program.stop();
    return 'it opened';
  } catch (error) {
    if (!(error instanceof DidNotStart)) throw error;
    const lines = error.stderr.split('\n').filter((line) => line !== '');
    if (error.code !== EXIT_CONFIG) return `ended with ${error.code}: ${lines[0]}`;
    const [line = ''] = lines;
    if (lines.length !== 1) return `${lines.length} lines: ${lines.join(' / ').slice(0, 300)}`;
    if (!line.includes(file)) return `the line does not name ${file}: ${line}`;
    return line.includes('swati restore') ? null : `the line does not name the restore command: ${line}`;
  }
}
