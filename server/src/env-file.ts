import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** The environment, and below it what a `.env` file in the current folder says. */
export function withEnvFile(
  environment: Record<string, string | undefined>,
  file = '.env',
): Record<string, string | undefined> {
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...written, ...environment };
}
