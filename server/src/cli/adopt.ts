// `swati migrate adopt`: takes over the database of the older backend. What it found is told before anything is written;
// what our rules do not allow stops it until whoever runs it has said that it may.

import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backupFolder, type Config } from '../config.ts';
import { formatRupees } from '../domain/money.ts';
import type { OlderShop } from '../store/mongo/adopt/adopt.ts';
import type { AdoptionReport } from '../store/mongo/adopt/plan.ts';
import { giveToOwner } from '../system/give-to-owner.ts';
import { makeFolder } from '../system/make-folder.ts';
import { type CommandCall, EXIT, type Terminal } from './command.ts';

const MOST_LINES = 200;
const UNFINISHED_COPY = /^older-shop-\d{8}T\d{9}Z\.ejson\.gz\.unfinished$/;
const NEEDS_URI =
  'MONGODB_URI must name the database of the older backend; a shop in DATA_DIR has nothing to take over';

export async function adoptOlder(call: CommandCall, config: Config): Promise<number> {
  const { terminal, options } = call;
  const uri = config.MONGODB_ADMIN_URI ?? config.MONGODB_URI;
  if (uri === undefined) {
    terminal.err(`swati migrate adopt: ${NEEDS_URI}`);
    return EXIT.failed;
  }
  const { openOlderShop } = await import('../store/mongo/adopt/adopt.ts');
  const older = await openOlderShop({ uri });
  try {
    tell(older, terminal);
    const obstacles = obstaclesOf(older.report, options);
    for (const obstacle of obstacles) terminal.err(obstacle);
    if (options['dry-run'] === true) {
      terminal.out('dry run    nothing was written');
      return obstacles.length === 0 ? EXIT.ok : EXIT.failed;
    }
    if (obstacles.length > 0) {
      terminal.err('swati migrate adopt: nothing was changed');
      return EXIT.failed;
    }
    return await takeOver(call, config, older);
  } finally {
    await older.close();
  }
}

async function takeOver(
  { terminal, options }: CommandCall,
  config: Config,
  older: OlderShop,
): Promise<number> {
  const at = Date.now();
  const folder = typeof options.to === 'string' ? resolve(options.to) : backupFolder(config);
  makeFolder(folder);
  clearUnfinished(folder, terminal);
  const stamp = new Date(at).toISOString().replaceAll(/[-:.]/g, '');
  const file = join(folder, `older-shop-${stamp}.ejson.gz`);
  terminal.progress('saving a copy ...');
  const documents = await older.save(file);
  giveToOwner(file);
  terminal.progress('');
  terminal.out(`saved      ${documents} documents in ${file}`);
  terminal.progress('taking over ...');
  const location = await older.adopt({
    actor: { kind: 'command_line', name: 'swati' },
    requestId: `adopt-${stamp}`,
    at,
  });
  terminal.progress('');
  terminal.out(`shop       ${location}`);
  terminal.out('taken over and verified. Start the server with the same MONGODB_URI.');
  terminal.out('The older collections are as they were; remove them later with: swati migrate drop-old');
  return EXIT.ok;
}

/** The copy that a killed run was writing. */
function clearUnfinished(folder: string, { out }: Terminal): void {
  const remains = readdirSync(folder).filter((name) => UNFINISHED_COPY.test(name));
  for (const name of remains) rmSync(join(folder, name), { force: true });
  if (remains.length > 0) out('an earlier copy of the older database was cut off: its remains are gone');
}

function tell({ location, report, wasBegun }: OlderShop, { out }: Terminal): void {
  out(`older shop ${location}`);
  if (wasBegun)
    out(
      'an earlier taking over did not finish: the older database stayed as it was; what was made of it goes',
    );
  const found = Object.entries(report.found).map(([name, rows]) => `${name} ${rows}`);
  out(`found      ${found.join(', ')}`);
  if (report.left.length > 0) out(`not taken  ${report.left.join(', ')}: not part of a shop here`);
  out('rounding   amounts to the nearest paisa, weights to the nearest milligram, halves away from zero');
  out(`rounded    numbers with more decimals: ${report.rounded}`);
  const lines: [number, string][] = [
    [report.typed, 'typed      numbers and dates that were written as text, taken as what they say'],
    [report.mended, 'charged    lines of orders whose cost is not quantity x price; what was charged counts'],
    [report.productsWithoutStatus, 'published  pieces without a status, since they were made'],
    [
      report.staffWithoutRights,
      'staff      accounts without rights until an admin gives them: anybody could sign up',
    ],
  ];
  for (const [count, line] of lines) if (count > 0) out(`${line}: ${count}`);
  for (const name of report.unknownHashes) {
    out(`password   that of ${name} cannot be checked here: swati reset-password ${name}`);
  }
  tellEach(report.sharedPhones, out, ({ phone, customers }) => {
    return `duplicate? ${phone}: ${customers.join(' and ')} stay apart`;
  });
  tellEach(report.folds, out, ({ id, name, storedPaise, entriesPaise }) => {
    const added = formatRupees(entriesPaise);
    if (storedPaise === null) return `balance    ${id} ${name}: stored is no amount, entries ${added}`;
    const difference = formatRupees(storedPaise - entriesPaise);
    return `balance    ${id} ${name}: stored ${formatRupees(storedPaise)}, entries ${added}, difference ${difference}`;
  });
  tellEach(report.unfit, out, ({ collection, id, reason }) => `left out   ${collection} ${id}: ${reason}`);
}

function tellEach<T>(list: readonly T[], out: Terminal['out'], lineOf: (one: T) => string): void {
  for (const one of list.slice(0, MOST_LINES)) out(lineOf(one));
  if (list.length > MOST_LINES) out(`           and ${list.length - MOST_LINES} more like these`);
}

/** What stops an adoption, unless an option lets it pass. */
function obstaclesOf({ folds, unfit }: AdoptionReport, options: CommandCall['options']): string[] {
  const obstacles: string[] = [];
  if (folds.length > 0 && options['accept-folds'] !== true) {
    obstacles.push(
      `balances that are not the sum of their entries: ${folds.length}. The entries count: look at them, then add --accept-folds`,
    );
  }
  if (unfit.length > 0 && options['accept-skipped'] !== true) {
    obstacles.push(
      `rows that cannot be taken: ${unfit.length}. Mend them in the older database, or leave them out with --accept-skipped`,
    );
  }
  return obstacles;
}
