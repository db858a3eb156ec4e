// The server's log: JSON lines in a pipe, short readable ones on a terminal. Errors stand there as name, text and stack.

import pino, { type Logger } from 'pino';
import { LOG_SERIALIZERS } from '../http/log.ts';
import { LogPipe } from '../system/log-pipe.ts';

const STANDARD_OUTPUT = 1;

export interface LoggerOptions {
  level: string;
  /** Lines for people, as they come. */
  terminal: boolean;
  /** Who serves writes many lines; who only leads others writes few, and those at once. */
  serves: boolean;
  /** Said on every line, where several processes write into one log. */
  worker: number | null;
}

export function makeLogger({ level, terminal, serves, worker }: LoggerOptions): Logger {
  const base = worker === null ? null : { worker };
  const options = { level, base, serializers: LOG_SERIALIZERS };
  if (terminal) return pino(options, { write: (text: string) => void process.stdout.write(readable(text)) });
  return pino(options, serves ? new LogPipe(STANDARD_OUTPUT) : pino.destination({ sync: true }));
}

/** What must be read whatever LOG_LEVEL says: the first sign-in is shown once, and nobody gets in without it. */
export function atAnyLevel(logger: Logger): (line: string) => void {
  const loud = logger.child({}, { level: 'info' });
  return (line) => loud.info(line);
}

interface Line {
  time: number;
  level: number;
  msg?: string;
  err?: { message: string; stack?: string };
  [field: string]: unknown;
}

/** A line of the log as people read it. */
export function readable(text: string): string {
  const { time, level, msg = '', err, ...fields } = JSON.parse(text) as Line;
  const clock = new Date(time).toTimeString().slice(0, 8);
  const label = pino.levels.labels[level] ?? String(level);
  const rest = Object.entries(fields).map(
    ([name, value]) => `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  );
  const trouble = err ? `\n${err.stack ?? err.message}` : '';
  return `${clock} ${label.padEnd(5)} ${[msg, ...rest].join(' ')}${trouble}\n`;
}
