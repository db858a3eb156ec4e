// `npm run train:reference`: makes the trained models of the open stones that the program brings along (server/data), to
// the byte the same as a training on the first start would make them. With --check it only compares. Minutes.

import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { readReferenceStones } from '../reference/read-reference-stones.ts';
import { packModel } from './model-bytes.ts';
import { REFERENCE_CARDS, type ReferenceCard, referenceFile } from './reference-files.ts';
import { rowsOfReferenceStones } from './stone-rows.ts';
import { FULL_TRAINING, trainGradedStones, trainMeasuredStones } from './train-stones.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const isCheck = process.argv.includes('--check');
const training = { ...FULL_TRAINING, withTriedBands: true };
const rows = rowsOfReferenceStones(await readReferenceStones());
const cards: ReferenceCard[] = [];
for (const train of [trainGradedStones, trainMeasuredStones]) {
  const started = performance.now();
  const { name, file, dataPoints, metrics } = train(rows, training, () => undefined);
  const packed = await packModel(file);
  const sha256 = createHash('sha256').update(packed).digest('hex');
  const shipped = await readFile(referenceFile(name)).catch(() => null);
  const isSame = shipped !== null && createHash('sha256').update(shipped).digest('hex') === sha256;
  const seconds = Math.round((performance.now() - started) / 1000);
  say(
    `${name}: ${packed.length} bytes, ${sha256}, ${isSame ? 'as shipped' : 'not as shipped'}, ${seconds} s`,
  );
  for (const [metric, value] of Object.entries(metrics)) say(`  ${metric} ${value}`);
  cards.push({ name, dataPoints, metrics, sha256 });
  if (!isSame && isCheck) process.exitCode = 1;
  if (!isSame && !isCheck) await writeFile(referenceFile(name), packed);
}
if (!isCheck) await writeFile(REFERENCE_CARDS, `${JSON.stringify(cards, null, 2)}\n`);
