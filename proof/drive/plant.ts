// The program with one defect in it: a switch for the processes that a check starts, in memory. The product's files are
// never touched.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DEFECTS, type DefectName } from '../defects.ts';

/** The folder of the whole project. */
export const PRODUCT = fileURLToPath(new URL('../..', import.meta.url));
export const SOURCE = join(PRODUCT, 'server/src');

const HOOK = new URL('./plant-hook.js', import.meta.url).href;

/** The settings under which whatever is started has the defect; `folder` holds what they point at. */
export function plant(name: DefectName, folder: string): Record<string, string> {
  const byUrl: Record<string, { find: string; put: string }[]> = {};
  for (const { file, find, put } of DEFECTS[name].pieces) {
    const url = pathToFileURL(join(SOURCE, file)).href;
    byUrl[url] = [...(byUrl[url] ?? []), { find, put }];
  }
  const file = join(folder, 'planted.json');
  writeFileSync(file, JSON.stringify(byUrl));
  return { NODE_OPTIONS: `--import=${HOOK}`, PROOF_PLANTED: file };
}
