// Ends a process of an older Node with one line. The first of all imports, and the only one that is not awaited: whatever
// is imported beside it is looked at before it runs, and an older Node has not all that is asked of it there.

import { readFileSync } from 'node:fs';

const { engines } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
const needed = engines.node.replace('>=', '');
const [major, minor] = process.versions.node.split('.').map(Number);
const [neededMajor, neededMinor] = needed.split('.').map(Number);
if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
  process.stderr.write(
    `Node ${process.version} is too old; ${needed} or newer is needed. npm start and npx swati run the one that npm ci brought.\n`,
  );
  process.exit(1);
}
