import type { Command } from './command.ts';

export const start: Command = {
  name: 'start',
  summary: 'Run the server until it is told to stop (the same as npm start).',
  run: async () => {
    // main.ts is the program itself; importing it starts it, and its signals and exit code are its own.
    await import('../main.ts');
    return 0;
  },
};
