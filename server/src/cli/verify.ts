import { type Command, EXIT } from './command.ts';
import { withShop } from './with-shop.ts';

export const verify: Command = {
  name: 'verify',
  summary: 'Recompute the hash chain, every balance and every reference, and say what does not agree.',
  options: {
    head: {
      type: 'string',
      value: 'SEQ:HASH',
      help: 'A head written down earlier; the chain must still hold it.',
    },
    json: { type: 'boolean', help: 'Print one JSON object.' },
  },
  notes: [
    'Whoever owns the file can recompute a chain. Write the printed head down at the end of the day, outside of this',
    'machine, and compare with --head later.',
  ],
  run: (call) =>
    withShop(call, async ({ store }) => {
      call.terminal.progress('verifying ...');
      const report = await store.journal.verify();
      call.terminal.progress('');
      const problems = [...report.problems];
      if (typeof call.options.head === 'string') {
        const problem = await compareHead(call.options.head, (seq) => store.journal.find(seq));
        if (problem !== null) problems.push(problem);
      }
      if (call.options.json) {
        call.terminal.out(JSON.stringify({ ...report, problems }));
      } else {
        call.terminal.out(`journal    ${report.entries} entries`);
        call.terminal.out(`customers  ${report.customers} balances compared with their entries`);
        call.terminal.out(`head       ${report.head.seq}:${report.head.hash}`);
        for (const problem of problems) call.terminal.err(`problem    ${problem}`);
        call.terminal.out(problems.length === 0 ? 'all is well' : `${problems.length} problems`);
      }
      return problems.length === 0 ? EXIT.ok : EXIT.failed;
    }),
};

/** What is wrong with a head noted earlier, or null when the chain still holds it. */
async function compareHead(
  noted: string,
  find: (seq: number) => Promise<{ hash: string } | null>,
): Promise<string | null> {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(noted.trim());
  if (!match) return `--head ${noted}: must be SEQ:HASH as printed by verify`;
  const entry = await find(Number(match[1]));
  if (!entry) return `the journal has no entry ${match[1]}: entries noted earlier are gone`;
  return entry.hash === match[2]
    ? null
    : `entry ${match[1]} has another hash than was noted: history was rewritten`;
}
