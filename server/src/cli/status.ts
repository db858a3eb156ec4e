import { toRupees } from '../domain/money.ts';
import { RATE_PURITIES } from '../domain/price.ts';
import { dayOf } from '../domain/shop-day.ts';
import type { Shop } from '../http/shop.ts';
import { type Command, EXIT } from './command.ts';
import { withShop } from './with-shop.ts';

export const status: Command = {
  name: 'status',
  summary: 'Say what is in the store: schema, rows, journal, rates, accounts.',
  options: { json: { type: 'boolean', help: 'Print one JSON object.' } },
  run: (call) =>
    withShop(call, async (shop) => {
      const facts = await gather(shop);
      if (call.options.json) call.terminal.out(JSON.stringify(facts));
      else for (const line of toLines(facts)) call.terminal.out(line);
      return EXIT.ok;
    }),
};

async function gather({ store, now }: Shop) {
  const [info, users, head, reference] = await Promise.all([
    store.info(),
    store.users.list(),
    store.journal.list({}, 1),
    store.reference.counts(),
  ]);
  const rates = [];
  for (const purity of RATE_PURITIES.gold) {
    const rate = await store.prices.latest('gold', purity, now());
    if (rate) rates.push({ purity, rupees_per_gram: toRupees(rate.paisePerGram), day: rate.day });
  }
  return {
    store: info.kind,
    location: info.location,
    schema: info.schemaVersion,
    journal: { entries: head[0]?.seq ?? 0, head: head[0]?.hash ?? null, last: head[0]?.at ?? null },
    rows: info.rows,
    reference,
    gold: rates,
    accounts: users.map((user) => ({ username: user.username, role: user.role, active: user.isActive })),
  };
}

function toLines(facts: Awaited<ReturnType<typeof gather>>): string[] {
  const { journal, reference } = facts;
  const last = journal.last === null ? '' : `, last on ${dayOf(journal.last)}`;
  return [
    `store      ${facts.store}, schema ${facts.schema}`,
    `location   ${facts.location}`,
    `journal    ${journal.entries} entries${last}`,
    ...(journal.head === null ? [] : [`head       ${journal.entries}:${journal.head}`]),
    ...facts.gold.map((rate) => `gold ${rate.purity}   ₹${rate.rupees_per_gram} a gram since ${rate.day}`),
    `reference  ${reference.goldMonths} months of gold, ${reference.diamonds} stones`,
    ...facts.accounts.map(
      (user) => `account    ${user.username} (${user.role}${user.active ? '' : ', disabled'})`,
    ),
    ...Object.entries(facts.rows).map(([table, rows]) => `rows       ${table} ${rows}`),
  ];
}
