// `swati migrate WHAT`: what is done once, when a shop comes from elsewhere or was replaced as a whole.

import type { Config } from '../config.ts';
import { dropOldGenerations, listGenerations } from '../store/sqlite/generations.ts';
import { lockAlone } from '../store/sqlite/process-lock.ts';
import { adoptOlder } from './adopt.ts';
import { type Command, type CommandCall, EXIT } from './command.ts';
import { publishOlder } from './product-status.ts';

const WORDS: Record<string, (call: CommandCall, config: Config) => Promise<number>> = {
  adopt: adoptOlder,
  'product-status': publishOlder,
  'drop-old': dropOld,
};

export const migrate: Command = {
  name: 'migrate',
  summary: 'Take over an older database, or remove what was replaced.',
  words: Object.keys(WORDS).join('|'),
  maxWords: 1,
  options: {
    'dry-run': { type: 'boolean', help: 'Tell what would be done, and change nothing.' },
    'accept-folds': {
      type: 'boolean',
      help: 'adopt: balances that are not the sum of their entries become that sum.',
    },
    'accept-skipped': { type: 'boolean', help: 'adopt: rows that cannot be taken are left out.' },
    to: { type: 'string', value: 'DIR', help: 'Where the copy of the older data goes; BACKUP_DIR.' },
  },
  notes: [
    'adopt           reads the database of the older backend that MONGODB_URI names, keeps a copy, and makes the shop',
    '                of it in a database beside it. Ids and passwords stay; rupees become paise.',
    'product-status  gives pieces of an older database that have no status one: published since they were made.',
    'drop-old        removes the shops that a restore or an adoption has replaced. What it removes cannot be brought',
    '                back without a backup. The shop must be stopped; on MongoDB nobody can tell whether a server still',
    '                runs on what goes, so first start again every one that ran before.',
  ],
  run: async (call) => {
    const word = call.words[0] ?? '';
    const run = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
    if (!run) {
      call.terminal.err(`swati migrate: say what: swati migrate ${Object.keys(WORDS).join('|')}`);
      return EXIT.usage;
    }
    return run(call, call.settings());
  },
};

async function dropOld(call: CommandCall, config: Config): Promise<number> {
  const uri = config.MONGODB_ADMIN_URI ?? config.MONGODB_URI;
  if (uri !== undefined) return dropOldDatabases(call, uri);
  const lock = lockAlone(config.DATA_DIR);
  try {
    const generations = listGenerations(config.DATA_DIR);
    const old = generations.filter(({ current }) => !current).map(({ name }) => name);
    const dropped = call.options['dry-run'] === true ? old : dropOldGenerations(config.DATA_DIR);
    sayDropped(call, dropped, generations.find(({ current }) => current)?.folder);
    return EXIT.ok;
  } finally {
    lock.release();
  }
}

/** The servers of a cluster know their callers, but not which database each is there for. */
const STILL_RUNNING =
  'servers    that ran before the restore or the adoption must be started again: no command can see whether one still ' +
  'runs on what goes, and what it takes then is lost';

async function dropOldDatabases(call: CommandCall, uri: string): Promise<number> {
  const { connect, hostsOf } = await import('../store/mongo/connect.ts');
  const generations = await import('../store/mongo/generations.ts');
  const client = await connect({ uri });
  try {
    const { databaseName } = await generations.currentDatabase(client);
    const old = await generations.oldGenerations(client);
    if (old.length > 0) call.terminal.out(STILL_RUNNING);
    const isDry = call.options['dry-run'] === true;
    const dropped = isDry ? old : await generations.dropOldGenerations(client);
    sayDropped(call, dropped, `${hostsOf(client)}/${databaseName}`);
    return EXIT.ok;
  } finally {
    await client.close();
  }
}

function sayDropped({ terminal, options }: CommandCall, names: readonly string[], shop = ''): void {
  const word = options['dry-run'] === true ? 'would go  ' : 'removed   ';
  for (const name of names) terminal.out(`${word} ${name}`);
  terminal.out(names.length === 0 ? 'there is nothing old' : `the shop is in ${shop}`);
}
