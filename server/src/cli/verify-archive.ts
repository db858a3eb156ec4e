import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ArchiveRefused } from '../store/archive/archive-file.ts';
import { SHOP_ID } from '../store/shop-id.ts';
import { restoreInto } from '../store/sqlite/archive/restore-into.ts';
import { openConnection } from '../store/sqlite/database.ts';
import { isDiskFull } from '../store/sqlite/is-disk-full.ts';
import { openForWriting } from '../store/sqlite/open-for-writing.ts';
import { findByHash } from '../store/sqlite/reads/journal.ts';
import { verifyDatabase } from '../store/sqlite/verify.ts';
import { withScratch } from '../system/with-scratch.ts';
import { readPassphrase } from './archive-options.ts';
import { type CommandCall, EXIT } from './command.ts';
import { compareHead } from './compare-head.ts';
import { verdict } from './verdict.ts';

/** `swati verify FILE`: restores the archive into a scratch database, compares, and verifies the books in it. */
export async function verifyArchive(call: CommandCall, word: string): Promise<number> {
  const { terminal } = call;
  const file = resolve(word);
  const scratch = mkdtempSync(join(tmpdir(), 'swati-verify-'));
  try {
    return await withScratch([scratch], () => restoreAndVerify(call, file, join(scratch, 'data')));
  } catch (error) {
    if (isDiskFull(error)) {
      terminal.err(`swati verify: no room to restore it in ${tmpdir()}: name another folder with TMPDIR`);
      return EXIT.failed;
    }
    if (!(error instanceof ArchiveRefused)) throw error;
    terminal.err(`swati verify: ${file}: ${error.message}`);
    return EXIT.failed;
  }
}

async function restoreAndVerify(call: CommandCall, file: string, folder: string): Promise<number> {
  const { terminal } = call;
  const passphrase = readPassphrase(call);
  const at = Date.now();
  terminal.progress('restoring into a scratch database ...');
  const { tables, digest } = await restoreInto({ file, folder, passphrase, at });
  const database = join(folder, 'shop.db');
  (await openForWriting(database, at)).close();
  const report = await verifyDatabase(database, SHOP_ID);
  terminal.progress('');
  const problems = [...report.problems, ...report.pictures, ...(await headProblems(call, database))];
  if (call.options.json) {
    terminal.out(JSON.stringify({ ...report, problems, digest }));
  } else {
    for (const [table, { rows }] of Object.entries(tables)) terminal.out(`${table.padEnd(24)}${rows}`);
    terminal.out(`digest     ${digest}`);
    terminal.out(`head       ${report.head.seq}:${report.head.hash}`);
    for (const problem of problems) terminal.err(`problem    ${problem}`);
    terminal.out(verdict(problems));
  }
  return problems.length === 0 ? EXIT.ok : EXIT.failed;
}

/** What is wrong with the head that was noted, where one is given. */
async function headProblems({ options }: CommandCall, database: string): Promise<string[]> {
  if (typeof options.head !== 'string') return [];
  const db = openConnection(database, 'read');
  try {
    const problem = await compareHead(options.head, async (hash) => findByHash(db, SHOP_ID, hash));
    return problem === null ? [] : [problem];
  } finally {
    db.close();
  }
}
