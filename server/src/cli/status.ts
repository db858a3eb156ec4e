import { formatRupees, toPaise } from '../domain/money.ts';
import { dayOf } from '../domain/shop-day.ts';
import { refuseAbsentShop } from '../serving/open-shop.ts';
import { isInUse } from '../store/sqlite/process-lock.ts';
import { type Command, EXIT } from './command.ts';
import { formatBytes } from './format-bytes.ts';
import { gatherFacts, type StatusFacts } from './status-facts.ts';
import { withShop } from './with-shop.ts';

export const status: Command = {
  name: 'status',
  summary: 'The shop on one screen: store, journal, models, backups, disk, and what needs attention.',
  options: { json: { type: 'boolean', help: 'Print one JSON object.' } },
  run: async (call) => {
    const config = call.settings();
    await refuseAbsentShop(config);
    const { DATA_DIR: dataDir, MONGODB_URI, WORKERS: workers } = config;
    // Who serves from a cluster may be on any machine.
    const running = MONGODB_URI === undefined ? isInUse(dataDir) : null;
    return withShop(call, async (shop) => {
      const facts = await gatherFacts(shop, { dataDir, running, workers });
      if (call.options.json) call.terminal.out(JSON.stringify(facts));
      else for (const line of toLines(facts)) call.terminal.out(line);
      return EXIT.ok;
    });
  },
};

function toLines(facts: StatusFacts): string[] {
  const { journal, reference, backup } = facts;
  const last = journal.last === null ? '' : `, last on ${dayOf(journal.last)}`;
  const size = facts.bytes === null ? '' : `, ${formatBytes(facts.bytes)}`;
  const when = backup.last_verified === null ? 'none' : `verified on ${dayOf(backup.last_verified)}`;
  return [
    `shop       ${runningText(facts)}`,
    `store      ${facts.store}, schema ${facts.schema}${size}`,
    `location   ${facts.location}`,
    `disk       ${formatBytes(facts.disk_left_bytes)} left`,
    `journal    ${journal.entries} entries${last}`,
    ...(journal.head === null ? [] : [`head       ${journal.entries}:${journal.head}`]),
    `backup     ${when}, into ${backup.folder}`,
    ...listed(
      'gold',
      facts.gold,
      ({ purity, rupees_per_gram: rate, day }) => `${purity} ${formatRupees(toPaise(rate))} since ${day}`,
    ),
    `reference  ${reference.goldMonths} months of gold, ${reference.diamonds} stones`,
    ...listed('models', facts.models, (model) => `${model.name} of ${dayOf(model.trained_at)}`),
    ...listed('accounts', facts.accounts, (user) => {
      return `${user.username} (${user.role}${user.active ? '' : ', disabled'})`;
    }),
    `rows       ${rowsText(facts.rows)}`,
    ...facts.attention.map((line) => `attention  ${line}`),
    facts.attention.length === 0
      ? 'nothing needs attention'
      : `${facts.attention.length} need${facts.attention.length === 1 ? 's' : ''} attention`,
  ];
}

function runningText({ running, workers }: StatusFacts): string {
  const processes = workers === 1 ? 'one process' : `${workers} workers`;
  if (running === null) return `whether it runs is not seen from here (make health); set for ${processes}`;
  return `${running ? 'running' : 'not running'}, set for ${processes}`;
}

/** At most so many a line: the whole is to fit on one screen. */
const ON_A_LINE = 3;
const SHOWN = 9;

function listed<T>(name: string, all: readonly T[], text: (one: T) => string): string[] {
  const lines: string[] = [];
  for (let n = 0; n < Math.min(all.length, SHOWN); n += ON_A_LINE) {
    lines.push(
      `${name.padEnd(11)}${all
        .slice(n, Math.min(n + ON_A_LINE, SHOWN))
        .map(text)
        .join(', ')}`,
    );
  }
  if (all.length > SHOWN) lines.push(`${name.padEnd(11)}and ${all.length - SHOWN} more`);
  return lines;
}

/** What people count; `--json` has every table. The stores name the ledger differently. */
function rowsText(rows: Readonly<Record<string, number>>): string {
  const ledger = rows.khata_entries ?? rows.khata_transactions ?? 0;
  const counted = ['customers', 'products', 'orders', 'sales'].map((table) => `${rows[table] ?? 0} ${table}`);
  return [...counted, `${ledger} khata entries`].join(', ');
}
