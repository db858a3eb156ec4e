// Looks at what is installed: licences, install scripts, known holes. Exits 1 on a problem; what cannot be asked from
// here is printed as skipped, with the reason, and counts as nothing.

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { type LockedPackage, packageProblems } from './package-problems.ts';

const PATIENCE_MS = 8_000;
const SERIOUS = ['high', 'critical'];

interface AuditReport {
  message?: string;
  error?: { summary?: string };
  vulnerabilities?: Record<string, { severity: string; range: string }>;
}

const root = new URL('../', import.meta.url);
const lock = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const found = packageProblems(lock.packages);
for (const problem of found) console.error(problem);
if (!/^ignore-scripts=true$/m.test(readFileSync(new URL('.npmrc', root), 'utf8')))
  found.push('.npmrc no longer says ignore-scripts=true');
const count = Object.keys(lock.packages).filter((path) => path.includes('node_modules/')).length;
if (found.length === 0)
  console.log(`licences and install scripts: ${count} packages looked at, nothing found`);

const report = await askRegistry();
if (report.vulnerabilities === undefined) {
  console.log(
    `known holes: SKIPPED, ${report.error?.summary || report.message || 'the registry did not answer'}`,
  );
} else {
  const holes = Object.entries(report.vulnerabilities);
  for (const [name, { severity, range }] of holes) console.error(`${name} ${range}: ${severity}`);
  console.log(`known holes: ${holes.length} in what is installed for production`);
  found.push(...holes.filter(([, { severity }]) => SERIOUS.includes(severity)).map(([name]) => name));
}
process.exitCode = found.length === 0 ? 0 : 1;

/** npm answers in JSON whether or not it found anything; it exits with 1 where it did. */
function askRegistry(): Promise<AuditReport> {
  const words = ['audit', '--omit=dev', '--json', '--fetch-retries=0', `--fetch-timeout=${PATIENCE_MS}`];
  return new Promise((resolve) => {
    execFile('npm', words, { cwd: root, timeout: PATIENCE_MS }, (_exit, output) => {
      try {
        resolve(JSON.parse(output) as AuditReport);
      } catch {
        resolve({ message: 'the registry did not answer in time' });
      }
    });
  });
}
