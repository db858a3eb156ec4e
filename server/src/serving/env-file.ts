// What a `.env` file says. Not with Node's own reader: it cuts an unquoted password at its first `#`, takes an unclosed
// quotation mark for a value of many lines, and passes over what it does not understand.

import { readFileSync } from 'node:fs';
import { ALIASES, ConfigRefused, ConfigSchema } from '../config.ts';
import { describeFileTrouble } from '../system/file-trouble.ts';
import { nearName } from './near-name.ts';

const SETTINGS = [...Object.keys(ConfigSchema.properties), ...ALIASES.map(([, alias]) => alias)];
const SETTING = /^\s*(?:export\s+)?([\w.-]+)\s*=\s*(.*?)\s*$/;
const QUOTED = /^(["'`])(.*)\1\s*(?:#.*)?$/;
const UNQUOTED_COMMENT = /(?:^|\s+)#.*$/;
const BLANK = /^\s*(?:#.*)?$/;

/**
 * The environment, and below it what a `.env` file in the current folder says. Throws ConfigRefused with every line that
 * is none; a line is never repeated, as it may hold a secret. `warn`: is told of each name that looks like a mistyped setting.
 */
export function withEnvFile(
  environment: Record<string, string | undefined>,
  file = '.env',
  warn: (line: string) => void = () => undefined,
): Record<string, string | undefined> {
  const written: Record<string, string> = {};
  const problems: string[] = [];
  // Some editors begin a file with a mark of its encoding.
  const lines = readText(file)
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    if (BLANK.test(line)) continue;
    const [, name, text = ''] = SETTING.exec(line) ?? [];
    const value = unquoted(text);
    if (name === undefined) problems.push(`${file}, line ${index + 1}: must be NAME=value`);
    else if (value === null)
      problems.push(`${file}, line ${index + 1}: ${name} must end in the quotation mark it begins with`);
    else written[name] = value;
  }
  for (const name of Object.keys(written).filter((one) => !SETTINGS.includes(one))) {
    const meant = nearName(name, SETTINGS);
    if (meant !== null) warn(`${file}: ${name} is no setting and does nothing; ${meant} is one`);
  }
  if (problems.length > 0) throw new ConfigRefused(problems);
  // A setting has the same place whichever of its names is used: what the file says by the other one counts no more.
  for (const [name, alias] of ALIASES) {
    if (environment[name]?.trim()) delete written[alias];
    if (environment[alias]?.trim()) delete written[name];
  }
  return { ...written, ...environment };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new ConfigRefused([describeFileTrouble(error, file) ?? `${file}: ${(error as Error).message}`]);
  }
}

/** Null where a quotation mark is not closed. */
function unquoted(text: string): string | null {
  if (!/^["'`]/.test(text)) return text.replace(UNQUOTED_COMMENT, '');
  const [, mark, value] = QUOTED.exec(text) ?? [];
  if (value === undefined) return null;
  return mark === '"' ? value.replaceAll('\\n', '\n') : value;
}
