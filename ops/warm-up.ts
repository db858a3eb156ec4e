// Starts the server once on an empty folder and stops it, so that its compiled code is kept: the first real start is
// then as quick and as small as every later one. Run after an install; a failure here harms nothing and is only told.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LIMIT_MS = 120_000;

const dataDir = mkdtempSync(join(tmpdir(), 'swati-warm-up-'));
const server = spawn(process.execPath, [fileURLToPath(new URL('../server/src/main.js', import.meta.url))], {
  // Its own folder as the current one: no .env is read, and no setting of the shop counts.
  cwd: dataDir,
  env: { PATH: process.env.PATH, DATA_DIR: dataDir, HOST: '127.0.0.1', PORT: '0', REFERENCE_DATA: 'false' },
  stdio: ['ignore', 'pipe', 'inherit'],
  timeout: LIMIT_MS,
});
let output = '';
server.stdout.setEncoding('utf8').on('data', (chunk: string) => {
  output += chunk;
  // The compiled code is written right after this line.
  if (output.includes('is open:')) setTimeout(() => server.kill('SIGTERM'), 200);
});
server.on('close', (code) => {
  rmSync(dataDir, { recursive: true, force: true });
  if (code !== 0) console.error(`warm-up: the server ended with ${code}; its first start will be slower`);
});
