// Fails when a component of Mantine is in the build and its styles are not: they are named one by one in
// src/ui/mantine.css. Run after the build. Each of Mantine's classes stands in script and styles by the same hash.

import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const HASH = /\bm_[0-9a-f]{5,8}\b/g;
const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const ALL_STYLES = fileURLToPath(import.meta.resolve('@mantine/core/styles.layer.css'));

function hashesIn(files: readonly string[]): Set<string> {
  return new Set(files.flatMap((file) => readFileSync(file, 'utf8').match(HASH) ?? []));
}
const built = (ending: string) => globSync(`assets/*.${ending}`, { cwd: DIST }).map((name) => DIST + name);

const styled = hashesIn(built('css'));
const ofMantine = hashesIn([ALL_STYLES]);
const missing = [...hashesIn(built('js'))].filter((hash) => ofMantine.has(hash) && !styled.has(hash));
if (missing.length > 0) {
  process.stdout.write(`No styles for ${missing.join(' ')}: name their component in src/ui/mantine.css\n`);
  process.exitCode = 1;
}
