import { setTimeout as sleep } from 'node:timers/promises';
import { check, type Finding, type Stage } from '../check.ts';
import { addAccount, openSession } from '../drive/accounts.ts';
import { type Answer, Client } from '../drive/client.ts';
import { openShop } from '../drive/shop.ts';

/** Longer than the 10 s in which two tabs may use one refresh token. */
const AFTER_SIBLINGS_MS = 10_500;

/** R21: a stolen refresh token ends the session of thief and owner both; two tabs do not. */
export const refreshReuse = check<{ families: number }>({
  id: 'R21',
  what: 'A refresh token used again ends its family; two tabs that refresh at once do not',
  asked: '200 of 200 families revoked; two tabs refreshing: 0 logouts',
  full: { families: 200 },
  quick: 'half a minute with its control; sessions.test.ts has the rule',
  control: {
    defect: 'reused tokens are siblings',
    size: { families: 3 },
    red: /the reused token was answered 200/,
  },
  run,
});

async function run(stage: Stage, { families }: { families: number }): Promise<Finding> {
  const shop = await openShop(stage, { workers: 2 });
  const { username } = await addAccount(shop.owner);
  const anyone = shop.client(8);
  anyone.token = null;
  const refresh = (token: string): Promise<Answer> =>
    anyone.post('/api/auth/refresh', { refresh_token: token });
  const newest = ({ body }: Answer): string =>
    String((body.data as { refresh_token?: string } | null)?.refresh_token);
  const problems: string[] = [];
  const sessions: { first: string; second: string; access: string }[] = [];
  let logouts = 0;
  for (let family = 0; family < families; family++) {
    const { client, refreshToken: first } = await openSession(shop.owner.origin, username);
    client.close();
    // Two tabs, in the same moment; both go on with what they got.
    const [left, right] = (await Promise.all([refresh(first), refresh(first)])) as [Answer, Answer];
    const onwards = await Promise.all([refresh(newest(left)), refresh(newest(right))]);
    const lost = [left, right, ...onwards].filter(({ status }) => status !== 200);
    logouts += lost.length;
    for (const { status } of lost) problems.push(`family ${family}: a tab was signed out with ${status}`);
    const last = onwards[0] as Answer;
    sessions.push({ first, second: newest(last), access: String(last.body.access_token) });
  }
  await sleep(AFTER_SIBLINGS_MS);
  let revoked = 0;
  for (const [family, { first, second, access }] of sessions.entries()) {
    const stolen = await refresh(first);
    const own = await refresh(second);
    const reader = new Client(shop.owner.origin, access);
    const read = await reader.get('/api/auth/me');
    reader.close();
    const statuses = [stolen.status, own.status, read.status];
    if (statuses.every((status) => status === 401)) revoked++;
    else
      problems.push(
        `family ${family}: the reused token was answered ${stolen.status}, the last one ${own.status}, the access token ${read.status}`,
      );
  }
  await shop.close();
  const reached = `${revoked} of ${families} families revoked; ${logouts} logouts of ${families * 2} tabs`;
  return { reached, work: families, floor: families, problems };
}
