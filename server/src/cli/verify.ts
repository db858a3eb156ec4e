import { PASSPHRASE_OPTION } from './archive-options.ts';
import { type Command, EXIT } from './command.ts';
import { compareHead } from './compare-head.ts';
import { verdict } from './verdict.ts';
import { verifyArchive } from './verify-archive.ts';
import { withExistingShop } from './with-shop.ts';

export const verify: Command = {
  name: 'verify',
  summary: 'Recompute the hash chain, every balance and every reference, and say what does not agree.',
  words: '[FILE]',
  maxWords: 1,
  options: {
    head: {
      type: 'string',
      value: 'HASH',
      help: 'A head written down earlier (HASH or SEQ:HASH); the chain must still hold it.',
    },
    json: { type: 'boolean', help: 'Print one JSON object.' },
    ...PASSPHRASE_OPTION,
  },
  notes: [
    'With FILE, an archive of swati backup: it is restored into a scratch database and that is verified.',
    'Whoever owns the file can recompute a chain. Write the printed head down at the end of the day, outside of this',
    'machine, and compare with --head later.',
  ],
  run: async (call) => {
    if (call.words[0] !== undefined) return verifyArchive(call, call.words[0]);
    return withExistingShop(call, async ({ store }) => {
      call.terminal.progress('verifying ...');
      const report = await store.journal.verify();
      call.terminal.progress('');
      const problems = [...report.problems, ...report.pictures];
      if (typeof call.options.head === 'string') {
        const problem = await compareHead(call.options.head, store.journal.findByHash);
        if (problem !== null) problems.push(problem);
      }
      if (call.options.json) {
        call.terminal.out(JSON.stringify({ ...report, problems }));
      } else {
        call.terminal.out(`journal    ${report.entries} entries`);
        call.terminal.out(`customers  ${report.customers} balances compared with their entries`);
        call.terminal.out(`head       ${report.head.seq}:${report.head.hash}`);
        for (const problem of problems) call.terminal.err(`problem    ${problem}`);
        call.terminal.out(verdict(problems));
      }
      return problems.length === 0 ? EXIT.ok : EXIT.failed;
    });
  },
};
