// Fails when a person on a slow line would wait too long for Today: all script until it is painted, in Brotli as it is
// served, must fit the budget. Run after the build; it follows the build's own list of which file needs which.

import { readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const BUDGET_KB = 220;
const FIRST_SCREEN = ['src/frame/frame.tsx', 'src/features/today/today-screen.tsx'];

interface Chunk {
  file: string;
  imports?: string[];
  isEntry?: boolean;
}

const manifest = JSON.parse(readFileSync(`${DIST}build-manifest.json`, 'utf8')) as Record<string, Chunk>;

function filesNeededBy(names: string[]): Set<string> {
  const files = new Set<string>();
  const waiting = [...names];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const chunk = manifest[name];
    if (chunk === undefined) throw new Error(`The build has no ${name}`);
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    waiting.push(...(chunk.imports ?? []));
  }
  return files;
}

const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry);
const files = [...filesNeededBy([...entries, ...FIRST_SCREEN])].map((file) => ({
  file,
  kb: statSync(statSync(`${DIST}${file}`).size < 1024 ? `${DIST}${file}` : `${DIST}${file}.br`).size / 1024,
}));
const total = files.reduce((sum, { kb }) => sum + kb, 0);
const line = (kb: number, what: string) => `${kb.toFixed(1).padStart(8)} KB  ${what}\n`;
if (total > BUDGET_KB) {
  for (const { file, kb } of files.sort((one, two) => two.kb - one.kb)) process.stdout.write(line(kb, file));
  process.exitCode = 1;
}
process.stdout.write(line(total, `script until Today is painted (Brotli; at most ${BUDGET_KB})`));
