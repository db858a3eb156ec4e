import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { EXIT, type Terminal } from './command.ts';

/** The terminal or pipe that the command was started in. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr } = process;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read has gone, as `head` does: nothing more can be said.
    if (error.code !== 'EPIPE') stderr.write(`what was printed cannot be written: ${error.message}\n`);
    process.exit(EXIT.failed);
  });
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    progress: (line) => {
      if (stderr.isTTY) stderr.write(`\r\x1b[K${line}`);
    },
    askSecret: async (question) => {
      if (!stdin.isTTY || !stderr.isTTY) return null;
      stderr.write(question);
      const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
      const lines = createInterface({ input: stdin, output: silent, terminal: true });
      const answer = await lines.question('');
      lines.close();
      stderr.write('\n');
      return answer;
    },
    readInput: async () => (await text(stdin)).replace(/\r?\n$/, ''),
  };
}
