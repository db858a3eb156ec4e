// The `swati` command: one word chooses what to do. Settings come from the environment and .env, as for the server.

import { type Config, readConfig } from '../config.ts';
import { withEnvFile } from '../serving/env-file.ts';
import { backup } from './backup.ts';
import { type Command, EXIT, helpText, readArguments, type Terminal } from './command.ts';
import { createAdmin } from './create-admin.ts';
import { forecast } from './forecast.ts';
import { importFile } from './import.ts';
import { initDb } from './init-db.ts';
import { migrate } from './migrate.ts';
import { move } from './move.ts';
import { resetPassword } from './reset-password.ts';
import { restore } from './restore.ts';
import { seed } from './seed.ts';
import { start } from './start.ts';
import { status } from './status.ts';
import { processTerminal } from './terminal.ts';
import { train } from './train.ts';
import { verify } from './verify.ts';
import { versionLines } from './version-lines.ts';
import { explainFailure } from './with-shop.ts';

const COMMANDS: readonly Command[] = [
  start,
  initDb,
  seed,
  importFile,
  train,
  forecast,
  createAdmin,
  resetPassword,
  backup,
  restore,
  verify,
  move,
  migrate,
  status,
];

/** Runs one command line and answers its exit code. */
export async function swati(
  args: string[],
  environment: Record<string, string | undefined>,
  terminal: Terminal,
): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    (name === undefined ? terminal.err : terminal.out)(overview());
    return name === undefined ? EXIT.usage : EXIT.ok;
  }
  if (name === '--version' || name === 'version') {
    for (const line of versionLines()) terminal.out(line);
    return EXIT.ok;
  }
  const command = COMMANDS.find((candidate) => candidate.name === name);
  if (!command) {
    terminal.err(`swati: there is no command "${name}". Commands: ${COMMANDS.map((c) => c.name).join(', ')}`);
    return EXIT.usage;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    terminal.out(helpText(command));
    return EXIT.ok;
  }
  const read = readArguments(command, rest);
  if ('problem' in read) {
    terminal.err(`swati ${name}: ${read.problem}. See swati ${name} --help`);
    return EXIT.usage;
  }
  let config: Config | null = null;
  const settings = (): Config => {
    config ??= readConfig(withEnvFile(environment, '.env', terminal.err));
    return config;
  };
  try {
    return await command.run({ ...read, environment, settings, terminal });
  } catch (error) {
    return explainFailure(name, error, terminal);
  }
}

function overview(): string {
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(16)}${summary}`);
  return [
    'swati COMMAND [options]',
    '',
    ...lines,
    '',
    'swati COMMAND --help says more; swati --version names this program.',
  ].join('\n');
}

/** What swati.js starts: the words and settings of this process. */
export async function runProgram(): Promise<void> {
  // What is written is the owner's alone, as the server's.
  process.umask(0o077);
  process.exitCode = await swati(process.argv.slice(2), process.env, processTerminal());
}
