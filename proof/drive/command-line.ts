import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Stage } from '../check.ts';
import { SOURCE } from './plant.ts';

const LIMIT_MS = 180_000;

export interface Ended {
  code: number;
  out: string;
  err: string;
  ms: number;
}

/** `swati ...` on a folder of data. */
export function swati(
  stage: Stage,
  dataDir: string,
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<Ended> {
  const from = performance.now();
  const file = join(SOURCE, 'cli/swati.js');
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: stage.folder,
    DATA_DIR: dataDir,
    ...stage.environment,
    ...environment,
  };
  return run(process.execPath, [file, ...words], { cwd: stage.folder, env, from });
}

function run(
  name: string,
  words: readonly string[],
  { from, ...options }: { cwd?: string; env?: Record<string, string>; from: number },
): Promise<Ended> {
  return new Promise((resolve) => {
    const limits = { timeout: LIMIT_MS, maxBuffer: 2 ** 26 };
    execFile(name, [...words], { ...options, ...limits }, (error, out, err) => {
      const code = error === null ? 0 : exitCode(error.code);
      resolve({
        code,
        out,
        err: error !== null && code === -1 ? `${err}${error.message}` : err,
        ms: performance.now() - from,
      });
    });
  });
}

/** -1: it did not end by itself. */
function exitCode(code: unknown): number {
  return typeof code === 'number' ? code : -1;
}
