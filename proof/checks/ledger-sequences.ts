import { join } from 'node:path';
import fc from 'fast-check';
import { check, type Finding, type Stage } from '../check.ts';
import type { Client } from '../drive/client.ts';
import { swati } from '../drive/command-line.ts';
import { mongodMissing, startReplicaSet } from '../drive/replica-set.ts';
import { openShop } from '../drive/shop.ts';
import { drawSteps, MOST_STEP, runSequence, type Steps, type Told } from '../years/sequence.ts';

const LENGTH = 12;
const LANES = 12;

interface Size {
  sequences: number;
}

/** R3: on the embedded store here, and in R35 on both. */
export const ledgerSequences = check<Size>({
  id: 'R3',
  what: 'Ledger model: random sequences of postings, reversals, orders and cancellations against a bookkeeper, the failing ones made short (embedded store; both in R35)',
  asked: '1,000 sequences: 0 violations (balance = fold, entries immutable, reversal exact, chain unbroken)',
  full: { sequences: 1000 },
  quick: { size: { sequences: 24 }, reduced: '24 sequences of 1,000' },
  control: { defect: 'reversals lose a paisa', size: { sequences: 12 }, red: /opposite|due are|bookkeeper/ },
  run,
});

async function run(stage: Stage, { sequences }: Size): Promise<Finding> {
  const dataDir = join(stage.folder, 'data');
  const shop = await openShop(stage, { dataDir });
  const counts = { sequences: 0, actions: 0 };
  const lane = (index: number): Promise<string[]> =>
    violations(
      shop.client(2),
      stage.random.branch(`lane-${index}`).whole(0, MOST_STEP),
      sequences / LANES,
      counts,
    );
  const problems = (await Promise.all(Array.from({ length: LANES }, (_, index) => lane(index)))).flat();
  await shop.close();
  const verified = await swati(stage, dataDir, ['verify']);
  if (verified.code !== 0) problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
  return {
    reached: `${counts.sequences} sequences, ${counts.actions} actions, ${problems.length} violations`,
    work: counts.actions,
    floor: sequences * 4,
    problems,
  };
}

/** What one clerk's sequences show; a failing one is tried again with fewer steps, and the shortest is told. */
async function violations(
  client: Client,
  seed: number,
  numRuns: number,
  counts: { sequences: number; actions: number },
): Promise<string[]> {
  const step = fc.noShrink(fc.nat({ max: MOST_STEP }));
  const steps = fc.array(step, { minLength: 1, maxLength: 2 * LENGTH, size: 'max' });
  const property = fc.asyncProperty(steps, async (sequence: Steps) => {
    const { actions, problems } = await runSequence(client, sequence, counts.sequences++);
    counts.actions += actions;
    if (problems.length > 0) throw new Error(problems[0]);
  });
  const { failed, counterexample, errorInstance, numShrinks } = await fc.check(property, {
    seed,
    numRuns: Math.ceil(numRuns),
  });
  if (!failed) return [];
  const [shortest] = counterexample ?? [];
  return [
    `a sequence of ${shortest?.length} steps (${shortest}; made shorter ${numShrinks} times): ${(errorInstance as Error).message}`,
  ];
}

async function onStore(
  stage: Stage,
  dataDir: string,
  environment: Record<string, string>,
  sequences: number,
): Promise<{ told: Told[]; problems: string[] }> {
  const shop = await openShop(stage, { dataDir, environment });
  const told: Told[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    const client = shop.client(2);
    while (next < sequences) {
      const number = next++;
      const steps = drawSteps(stage.random.branch(`sequence-${number}`), LENGTH);
      told[number] = await runSequence(client, steps, number);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await shop.close();
  const problems = told.flatMap((one, number) =>
    one.problems.map((problem) => `sequence ${number}: ${problem}`),
  );
  return { told, problems };
}

/** R35. */
export const twoStores = check<Size>({
  id: 'R35',
  what: 'The same random sequences on the embedded store and on a MongoDB replica set, answer by answer',
  asked: '1,000 sequences: 0 differences in results, errors, order',
  full: { sequences: 1000 },
  quick: 'needs a replica set',
  control: { defect: 'MongoDB reads the oldest first', size: { sequences: 12 }, red: /differs|its fold/ },
  missing: mongodMissing,
  run: async (stage, { sequences }) => {
    const servers = await startReplicaSet(stage.folder);
    try {
      const embedded = await onStore(stage, join(stage.folder, 'embedded'), {}, sequences);
      const mongo = await onStore(
        stage,
        join(stage.folder, 'mongo'),
        servers.environment('two_stores'),
        sequences,
      );
      const problems = [...embedded.problems, ...mongo.problems.map((problem) => `MongoDB: ${problem}`)];
      let compared = 0;
      for (const [number, { transcript }] of embedded.told.entries()) {
        const other = mongo.told[number]?.transcript ?? [];
        for (const [index, line] of transcript.entries()) {
          compared++;
          if (line !== other[index])
            problems.push(
              `sequence ${number}, answer ${index} differs: ${firstDifference(line, other[index] ?? '')}`,
            );
        }
      }
      const reached = `${sequences} sequences, ${compared} answers compared, ${problems.length} differences`;
      return { reached, work: compared, floor: sequences * 10, problems };
    } finally {
      await servers.stop();
    }
  },
});

function firstDifference(left: string, right: string): string {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  return `...${left.slice(Math.max(0, at - 60), at + 80)} | ...${right.slice(Math.max(0, at - 60), at + 80)}`;
}
