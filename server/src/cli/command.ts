// What a command of `swati` is, and how it talks: results on stdout, troubles on stderr, honest exit codes.

import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { Config } from '../config.ts';

/** 0: it did its job. 1: it could not. 64: the words after the command are wrong. 78: the settings or the data are. */
export const EXIT = { ok: 0, failed: 1, usage: 64, config: 78 } as const;

export interface Terminal {
  out: (line: string) => void;
  err: (line: string) => void;
  /** Progress that is only of use to somebody who watches; nothing in a pipe. */
  progress: (line: string) => void;
  /** Asks for a secret without showing it; null where nobody can be asked. */
  askSecret: (question: string) => Promise<string | null>;
  /** All of standard input, for `--password-stdin`. */
  readInput: () => Promise<string>;
}

export interface CommandCall {
  options: Record<string, string | boolean | string[] | undefined>;
  words: string[];
  environment: Record<string, string | undefined>;
  /** What the environment and `.env` say. Throws ConfigRefused. */
  settings: () => Config;
  terminal: Terminal;
}

export interface Command {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** What stands after the name, such as `USERNAME`. */
  words?: string;
  /** How many words it takes at the most. */
  maxWords?: number;
  options?: Record<string, ParseArgsOptionsConfig[string] & { help: string; value?: string }>;
  /** More lines for --help. */
  notes?: string[];
  run: (call: CommandCall) => Promise<number>;
}

/** Reads the command's words and options; a text for people where they are wrong. */
export function readArguments(
  command: Command,
  args: string[],
): Pick<CommandCall, 'options' | 'words'> | { problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: command.options ?? {},
      allowPositionals: true,
    });
    if (positionals.length > (command.maxWords ?? 0)) {
      return { problem: `unexpected "${positionals[command.maxWords ?? 0]}"` };
    }
    return { options: values as CommandCall['options'], words: positionals };
  } catch (error) {
    return { problem: (error as Error).message.split('. To specify')[0] ?? 'the options are wrong' };
  }
}

export function helpText(command: Command): string {
  const words = command.words === undefined ? '' : ` ${command.words}`;
  const lines = [`swati ${command.name}${words}`, '', command.summary];
  const options = Object.entries(command.options ?? {});
  if (options.length > 0) {
    lines.push('', 'Options:');
    for (const [name, option] of options) {
      const left = `  --${name}${option.type === 'string' ? ` ${option.value ?? 'TEXT'}` : ''}`;
      lines.push(`${left.padEnd(26)}${option.help}`);
    }
  }
  if (command.notes) lines.push('', ...command.notes);
  lines.push('', 'Exit codes: 0 done, 1 not done, 64 wrong words, 78 settings or data cannot be used.');
  return lines.join('\n');
}
