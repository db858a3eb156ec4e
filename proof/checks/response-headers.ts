import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { check, type Finding, type Stage } from '../check.ts';
import { addressOf, nameOf, readApi } from '../drive/api.ts';
import type { Answer } from '../drive/client.ts';
import { openShop } from '../drive/shop.ts';

const OWN = 'https://shop.example';
const DUE: Record<string, RegExp> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^DENY$/,
  'x-xss-protection': /^1; mode=block$/,
  'strict-transport-security': /^max-age=31536000; includeSubDomains$/,
  'referrer-policy': /./,
  'content-security-policy': /default-src|frame-ancestors/,
  'x-request-id': /^[\w-]{8,64}$/,
};
const FOREIGN = [
  'https://evil.example',
  'https://shop.example.evil.example',
  'http://shop.example',
  'null',
  'https://sub.shop.example',
  'https://shop.example:8443',
];

/** R32. */
export const responseHeaders = check<{ every: number }>({
  id: 'R32',
  what: 'Security headers and CORS on every route, and on 400, 401, 404, 405, 413, 431, 500 and broken requests',
  asked: '100%; 0 foreign origins reflected',
  full: { every: 1 },
  quick: { size: { every: 4 }, reduced: 'every fourth route' },
  control: { defect: 'foreign origins are welcome', size: { every: 20 }, red: /is let in/ },
  run,
});

async function run(stage: Stage, { every }: { every: number }): Promise<Finding> {
  const shop = await openShop(stage, { environment: { CORS_ORIGINS: OWN } });
  const { operations } = await readApi(shop.owner);
  const problems: string[] = [];
  let answers = 0;
  const judge = (name: string, answer: Answer, origin: string | null): void => {
    answers++;
    if (answer.status === 0) problems.push(`${name}: no answer: ${answer.why}`);
    for (const [header, form] of Object.entries(DUE)) {
      const value = answer.headers[header];
      if (typeof value !== 'string' || !form.test(value))
        problems.push(`${name} ${answer.status}: ${header} is ${value}`);
    }
    const allowed = answer.headers['access-control-allow-origin'];
    if (origin !== null && allowed !== undefined) {
      const isOwn = origin === OWN && allowed === OWN;
      if (!isOwn && (allowed === origin || allowed === '*')) problems.push(`${name}: ${origin} is let in`);
    }
    if (origin === OWN && name.includes('/api/') && allowed !== OWN)
      problems.push(`${name}: its own origin is not let in`);
  };
  for (const operation of operations.filter((_, index) => index % every === 0)) {
    if (['POST /api/auth/logout', 'DELETE /api/auth/sessions'].includes(nameOf(operation))) continue;
    const address = addressOf(operation);
    for (const origin of [OWN, ...FOREIGN]) {
      const headersOnly = operation.path === '/api/events' ? ({ headersOnly: true } as const) : {};
      const asked = { headers: { origin }, ...headersOnly };
      judge(
        nameOf(operation),
        await shop.owner.send(operation.method, address, operation.body?.example, asked),
        origin,
      );
      const before = { headers: { origin, 'access-control-request-method': operation.method } };
      judge(`OPTIONS ${address}`, await shop.owner.send('OPTIONS', address, undefined, before), origin);
    }
  }
  for (const [name, answer] of Object.entries(await failures(shop.owner)))
    judge(`${name} /api/`, answer, null);
  await shop.close();
  for (const [origin, answer] of await defects(stage)) {
    judge('GET /api/sales of a broken database', answer, origin);
    if (answer.status !== 500 || /sales|table/i.test(answer.text))
      problems.push(`a broken database was answered ${answer.status} ${answer.text.slice(0, 200)}`);
  }
  const reached = `${answers} answers, ${problems.length} without a header or open to a foreign origin`;
  return { reached, work: answers, floor: operations.length / every, problems };
}

type Caller = Awaited<ReturnType<typeof openShop>>['owner'];

async function failures(client: Caller): Promise<Record<string, Answer>> {
  const huge = 'x'.repeat(600_000);
  return {
    'unknown address': await client.get('/api/nothing/here'),
    'wrong method': await client.send('DELETE', '/api/products'),
    'too large': await client.post('/api/customers', { name: huge }),
    'no JSON': await client.post('/api/customers', '{"name"'),
    'no body': await client.post('/api/customers'),
    'badly encoded': await client.get('/api/customers/%E0%A4'),
    'too many headers': await client.get('/api/products', { headers: { 'x-long': 'x'.repeat(20_000) } }),
    'a token that is none': await client.get('/api/customers', { headers: { authorization: 'Bearer x' } }),
  };
}

/** Answers of a program whose database lost a table behind its back: the only 500 that a sound program gives. */
async function defects(stage: Stage): Promise<[string, Answer][]> {
  const dataDir = join(stage.folder, 'broken');
  const shop = await openShop(stage, { dataDir, environment: { CORS_ORIGINS: OWN } });
  const db = new DatabaseSync(join(dataDir, 'shop.db'), { timeout: 5000 });
  db.exec('PRAGMA legacy_alter_table = ON; ALTER TABLE sales RENAME TO sales_gone');
  db.close();
  const answers: [string, Answer][] = [];
  for (const origin of [OWN, ...FOREIGN])
    answers.push([origin, await shop.owner.get('/api/sales', { headers: { origin } })]);
  await shop.close();
  return answers;
}
