// The browser that the tests drive: the one of CHROMIUM, or the system's. On Debian, as root, it is installed.

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

// The same engine without a browser's windows and profiles: it opens a page in less than half the processor time.
const LEAN = 'chromium-headless-shell';
const NAMES = [LEAN, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), MAC];
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** The path of an installed Chromium; undefined when there is none and it cannot be installed from here. */
export function findChromium(): string | undefined {
  const found = process.env.CHROMIUM ?? onPath();
  if (found !== undefined) return found;
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  // Older Debians have the whole browser alone.
  apt('update');
  if (!apt('install', LEAN)) apt('install', 'chromium');
  return onPath();
}

function apt(verb: string, ...packages: string[]): boolean {
  const words = [verb, '-qq', ...(verb === 'install' ? ['-y', '--no-install-recommends'] : []), ...packages];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync('apt-get', words, { stdio: 'inherit', env }).status === 0;
}

export const INSTALL_HINT =
  'The browser tests need Chromium: install it (Debian: apt-get install chromium-headless-shell; elsewhere Chromium or ' +
  'Google Chrome), or name its path in CHROMIUM.';
