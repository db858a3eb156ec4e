// The program with one defect in it: a switch for the processes that a check starts, in memory. The product's files are
// never touched.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Stage } from '../check.ts';
import type { Defect } from '../defects/defect.ts';
import { DEFECTS, type DefectName } from '../defects.ts';
import { FAULTS } from '../faults.ts';

/** The folder of the whole project. */
export const PRODUCT = fileURLToPath(new URL('../..', import.meta.url));
export const SOURCE = join(PRODUCT, 'server/src');

const HOOK = new URL('./plant-hook.js', import.meta.url).href;

/** The settings under which whatever is started has the defect; `folder` holds what they point at. */
export function plant(name: DefectName, folder: string): Record<string, string> {
  return plantPieces(DEFECTS[name].pieces, join(folder, 'planted.json'), {});
}

/** The same with a fault, beside the defect that the stage may have. */
export function plantFault(name: keyof typeof FAULTS, stage: Stage): Record<string, string> {
  const beside = stage.environment.PROOF_PLANTED;
  const planted = beside === undefined ? {} : (JSON.parse(readFileSync(beside, 'utf8')) as Planted);
  return plantPieces(FAULTS[name].pieces, join(stage.folder, 'fault.json'), planted);
}

type Planted = Record<string, { find: string; put: string }[]>;

function plantPieces(pieces: Defect['pieces'], file: string, beside: Planted): Record<string, string> {
  const byUrl: Planted = { ...beside };
  for (const { file: source, find, put } of pieces) {
    const url = pathToFileURL(join(SOURCE, source)).href;
    byUrl[url] = [...(byUrl[url] ?? []), { find, put }];
  }
  writeFileSync(file, JSON.stringify(byUrl));
  return { NODE_OPTIONS: `--import=${HOOK}`, PROOF_PLANTED: file };
}
