import { readConfig } from '../config.ts';
import { dayOf } from '../domain/shop-day.ts';
import { withEnvFile } from '../env-file.ts';
import { makeDataDir } from '../keep-secret.ts';
import { isInUse } from '../store/sqlite/process-lock.ts';
import { type Command, EXIT } from './command.ts';
import { formatBytes } from './format-bytes.ts';
import { gatherFacts, type StatusFacts } from './status-facts.ts';
import { withShop } from './with-shop.ts';

export const status: Command = {
  name: 'status',
  summary: 'The shop on one screen: store, journal, models, backups, disk, and what needs attention.',
  options: { json: { type: 'boolean', help: 'Print one JSON object.' } },
  run: (call) => {
    const { DATA_DIR: dataDir } = readConfig(withEnvFile(call.environment));
    makeDataDir(dataDir);
    const running = isInUse(dataDir);
    return withShop(call, async (shop) => {
      const facts = await gatherFacts(shop, dataDir, running);
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
  const rows = Object.entries(facts.rows).filter(([, count]) => count > 0);
  return [
    `shop       ${facts.running ? 'running' : 'not running'}`,
    `store      ${facts.store}, schema ${facts.schema}${size}`,
    `location   ${facts.location}`,
    `disk       ${formatBytes(facts.disk_left_bytes)} left`,
    `journal    ${journal.entries} entries${last}`,
    ...(journal.head === null ? [] : [`head       ${journal.entries}:${journal.head}`]),
    `backup     ${backup.last_verified === null ? 'none' : `verified on ${dayOf(backup.last_verified)}`}, into ${backup.folder}`,
    ...facts.gold.map((rate) => `gold ${rate.purity}   ₹${rate.rupees_per_gram} a gram since ${rate.day}`),
    `reference  ${reference.goldMonths} months of gold, ${reference.diamonds} stones`,
    ...facts.models.map((model) => `model      ${model.name}, trained on ${dayOf(model.trained_at)}`),
    ...facts.accounts.map(
      (user) => `account    ${user.username} (${user.role}${user.active ? '' : ', disabled'})`,
    ),
    ...rows.map(([table, count]) => `rows       ${table} ${count}`),
    ...facts.attention.map((line) => `attention  ${line}`),
    facts.attention.length === 0 ? 'nothing needs attention' : `${facts.attention.length} need attention`,
  ];
}
