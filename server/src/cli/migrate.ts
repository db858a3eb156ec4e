import { readConfig } from '../config.ts';
import { withEnvFile } from '../env-file.ts';
import { dropOldGenerations, listGenerations } from '../store/sqlite/generations.ts';
import { lockAlone } from '../store/sqlite/process-lock.ts';
import { type Command, EXIT } from './command.ts';

export const migrate: Command = {
  name: 'migrate',
  summary: 'Remove the shops that a restore has replaced: swati migrate drop-old',
  words: 'drop-old',
  maxWords: 1,
  notes: ['drop-old removes what cannot be brought back without a backup. The shop must be stopped.'],
  run: async (call) => {
    if (call.words[0] !== 'drop-old') {
      call.terminal.err('swati migrate: say what: swati migrate drop-old');
      return EXIT.usage;
    }
    const { DATA_DIR: dataDir, MONGODB_URI } = readConfig(withEnvFile(call.environment));
    if (MONGODB_URI !== undefined) {
      call.terminal.err('swati migrate: the shop is in MongoDB, where a restore leaves nothing old behind');
      return EXIT.failed;
    }
    const lock = lockAlone(dataDir);
    try {
      const dropped = dropOldGenerations(dataDir);
      for (const name of dropped) call.terminal.out(`removed    ${name}`);
      const current = listGenerations(dataDir).find((generation) => generation.current);
      call.terminal.out(dropped.length === 0 ? 'there is nothing old' : `the shop is in ${current?.folder}`);
      return EXIT.ok;
    } finally {
      lock.release();
    }
  },
};
