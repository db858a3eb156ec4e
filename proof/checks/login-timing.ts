import { check, type Finding, type Stage } from '../check.ts';
import { addAccount } from '../drive/accounts.ts';
import type { Answer } from '../drive/client.ts';
import { openShop } from '../drive/shop.ts';

const LOWEST = 0.44;
const HIGHEST = 0.56;

/** R22: nobody learns by the answer or by the clock whether a name has an account. */
export const loginTiming = check<{ each: number }>({
  id: 'R22',
  what: 'Signing in: an unknown name beside a wrong password, one by one in turn',
  asked: 'same answer, time AUC 0.44-0.56 (n = 400 of each kind)',
  full: { each: 400 },
  quick: 'fewer than 400 of each kind say nothing about a difference that small',
  control: { defect: 'unknown names answer at once', size: { each: 60 }, red: /the clock tells/ },
  run,
});

async function run(stage: Stage, { each }: { each: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const { username } = await addAccount(shop.owner);
  const client = shop.client();
  client.token = null;
  const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
  const forms = { known: new Set<string>(), unknown: new Set<string>() };
  const tryOne = async (kind: 'known' | 'unknown', name: string): Promise<void> => {
    const body = { username: name, password: `wrong ${stage.random.hex(12)}` };
    const from = performance.now();
    const answer = await client.post('/api/auth/login', body);
    times[kind].push(performance.now() - from);
    forms[kind].add(formOf(answer));
  };
  for (let number = 0; number < each; number++) {
    // Which of the two comes first is drawn, so that no rhythm of the machine falls on one of them.
    const unknown = `${username.slice(0, -1)}${stage.random.hex(3)}`;
    const pair = stage.random.shuffled([() => tryOne('known', username), () => tryOne('unknown', unknown)]);
    for (const attempt of pair) await attempt();
  }
  await shop.close();
  const area = areaUnder(times.known, times.unknown);
  const problems: string[] = [];
  if (area < LOWEST || area > HIGHEST) problems.push(`the clock tells them apart: AUC ${area.toFixed(3)}`);
  const all = new Set([...forms.known, ...forms.unknown]);
  if (all.size !== 1) problems.push(`the answers differ: ${[...all].join(' / ').slice(0, 400)}`);
  const reached = `AUC ${area.toFixed(3)} of ${each} each, ${all.size} form of answer`;
  return { reached, work: times.known.length, floor: each, problems };
}

/** All of an answer that could tell something, but for its request id and date. */
function formOf({ status, headers, text }: Answer): string {
  const names = Object.keys(headers).sort().join(' ');
  return `${status} ${names} ${text.replace(/"request_id":"[^"]*"/, '')}`;
}

/** How often a time of the first kind is longer than one of the second; equal ones count half. */
function areaUnder(first: readonly number[], second: readonly number[]): number {
  let wins = 0;
  for (const one of first) for (const two of second) wins += one === two ? 0.5 : Number(one > two);
  return wins / (first.length * second.length);
}
