import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, type Finding, type Stage } from '../check.ts';
import { addAccount } from '../drive/accounts.ts';
import { addressOf, nameOf, readApi } from '../drive/api.ts';
import { openShop } from '../drive/shop.ts';

/** They would sign the caller out, or start work of minutes. */
const LEFT_OUT = ['DELETE /api/auth/sessions', 'POST /api/auth/logout', 'POST /api/predictions/retrain'];
const SECRETS = 25;

/** R33: texts that may stand nowhere, sent wherever a secret can be sent, with the log at its most talkative. */
export const canarySecrets = check<{ every: number }>({
  id: 'R33',
  what: '25 canary secrets through every route at trace level: passwords, tokens, cookies, headers, addresses',
  asked: '0 in logs, errors, exports',
  full: { every: 1 },
  quick: { size: { every: 6 }, reduced: 'every sixth route' },
  control: { defect: 'whole addresses in the log', size: { every: 10 }, red: /stands in the log/ },
  run,
});

async function run(stage: Stage, { every }: { every: number }): Promise<Finding> {
  const canaries = Array.from({ length: SECRETS }, (_, index) => `canary${index}x${stage.random.hex(24)}`);
  const next = (number: number): string => canaries[number % SECRETS] as string;
  const jwt = `${next(0)}AbCdEfGh`;
  const environment = { JWT_SECRET_KEY: jwt, LOG_LEVEL: 'trace', ADMIN_PASSWORD: next(1) };
  const shop = await openShop(stage, { environment, password: next(1) });
  const clerk = await addAccount(shop.owner);
  const { operations } = await readApi(shop.owner);
  const heard: string[] = [];
  let calls = 0;
  const send = async (
    ...[method, path, body, sending]: Parameters<typeof shop.owner.send>
  ): Promise<void> => {
    const answer = await shop.owner.send(method, path, body, sending);
    calls++;
    if (answer.status >= 400) heard.push(`${answer.status} ${answer.text}`);
  };
  let number = 0;
  for (const operation of operations.filter((_, index) => index % every === 0)) {
    if (LEFT_OUT.includes(nameOf(operation))) continue;
    const secrets = {
      password: next(number++),
      token: next(number++),
      refresh_token: next(number++),
      secret: next(number++),
    };
    const headersOnly = operation.path === '/api/events' ? ({ headersOnly: true } as const) : {};
    const address = `${addressOf(operation)}?ticket=${next(number++)}&token=${next(number++)}`;
    const body = operation.body ? { ...operation.body.example, ...secrets } : undefined;
    await send(operation.method, address, body, {
      ...headersOnly,
      headers: { 'x-api-key': next(number++), 'idempotency-key': next(number++) },
    });
    await send(operation.method, address, body, {
      headers: { authorization: `Bearer ${next(number++)}`, cookie: `swati_refresh=${next(number++)}` },
    });
  }
  // The places that secrets are really for.
  const sending = { headers: {} };
  await send('POST', '/api/auth/login', { username: clerk.username, password: next(2) }, sending);
  await send('POST', '/api/auth/login', { username: next(3), password: next(4) }, sending);
  await send('POST', '/api/auth/refresh', { refresh_token: next(5) }, sending);
  await send(
    'POST',
    '/api/auth/change-password',
    { current_password: next(6), new_password: next(7) },
    sending,
  );
  await send(
    'POST',
    '/api/setup',
    { code: next(8), username: 'x_y_z', email: 'x@y.example', password: next(9) },
    sending,
  );
  await send('PUT', `/api/users/${clerk.id}`, { password: next(10) }, sending);
  await send(
    'POST',
    '/api/auth/register',
    { username: 'with_secret', email: 'w@y.example', password: next(11) },
    sending,
  );
  await send('GET', `/api/${next(12)}/${next(13)}`, undefined, sending);
  await send('POST', '/api/customers', `{"name": "${next(14)}`, sending);
  const exported =
    (await shop.owner.get('/api/export/all?format=json')).text +
    (await shop.owner.get('/api/journal?limit=1000')).text;
  await shop.close();

  const problems = [
    ...found(canaries, logsOf(stage), 'stands in the log'),
    ...heard.flatMap((text) => found(canaries, text, 'stands in an answer', true)),
    ...found(canaries, exported, 'stands in an export or the journal'),
  ];
  const reached = `${SECRETS} canaries, ${calls} calls, ${problems.length} found`;
  return { reached, work: calls, floor: operations.length / every, problems };
}

function found(canaries: readonly string[], text: string, where: string, isAnswer = false): string[] {
  return canaries
    .filter((canary) => text.includes(canary))
    .map((canary) => {
      const at = text.indexOf(canary);
      const place = isAnswer ? text.slice(0, 60) : text.slice(Math.max(0, at - 80), at);
      return `${canary.split('x')[0]} ${where}: ${place.replaceAll('\n', ' ')}`;
    });
}

function logsOf(stage: Stage): string {
  const files = readdirSync(stage.folder).filter((name) => name.endsWith('.log'));
  const text = files.map((name) => readFileSync(join(stage.folder, name), 'utf8')).join('');
  if (text.length < 1000) throw new Error('the log is empty: nothing could have been found in it');
  return text;
}
