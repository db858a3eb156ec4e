import { join } from 'node:path';
import { check, type Finding, type Stage } from '../check.ts';
import { addressOf, nameOf, readApi } from '../drive/api.ts';
import { isDone, type Row, rowsOf } from '../drive/client.ts';
import { swati } from '../drive/command-line.ts';
import { addCustomer, addProduct, openShop } from '../drive/shop.ts';

const TEXTS = [
  `' OR '1'='1`,
  `'; DROP TABLE customers; --`,
  `" OR ""="`,
  `%' OR 1=1) --`,
  `x') UNION SELECT password_hash, 1, 1 FROM users --`,
  '{"$gt":""}',
  `'; return true; var x='`,
  '$where: 1',
  '__proto__',
  'constructor.prototype.polluted',
  `\${7*7}{{7*7}}<%= 7*7 %>`,
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '`id`; $(id)',
  'a\u0000b',
  '\r\nSet-Cookie: a=b',
];
const OBJECTS: unknown[] = [{ $gt: '' }, { $ne: null }, { $where: '1' }, ['a', 'b'], { toString: 'x' }];
const LEFT_OUT = [
  'DELETE /api/auth/sessions',
  'POST /api/auth/logout',
  'POST /api/predictions/retrain',
  'GET /api/events',
  'POST /api/auth/change-password',
];

/** R27. */
export const injectedTexts = check<{ every: number }>({
  id: 'R27',
  what: 'Operators, SQL, prototypes and paths in every text of every body, query and address',
  asked: '0 effects',
  full: { every: 1 },
  quick: { size: { every: 6 }, reduced: 'every sixth route; searches whole' },
  control: { defect: 'searches are put into the SQL', size: { every: 40 }, red: /search/ },
  run,
});

async function run(stage: Stage, { every }: { every: number }): Promise<Finding> {
  const dataDir = join(stage.folder, 'data');
  const shop = await openShop(stage, { dataDir });
  const { owner } = shop;
  await addCustomer(owner, 'Needle');
  await Promise.all(Array.from({ length: 5 }, () => addCustomer(owner)));
  const product = await addProduct(owner);
  const problems: string[] = [];
  let sent = 0;
  const judge = (name: string, { status, text, headers }: Awaited<ReturnType<typeof owner.get>>): void => {
    sent++;
    if (status === 0 || (status >= 500 && !text.includes('_model_not_trained') && !name.includes('health')))
      problems.push(`${name}: answered ${status}`);
    if (text.includes('root:x:0') || text.includes('$argon2') || /\b49\b.*\b49\b/.test(text))
      problems.push(`${name}: shows what it should not`);
    if (headers['set-cookie'] !== undefined && !name.includes('auth'))
      problems.push(`${name}: a header was injected`);
  };
  const { operations } = await readApi(owner);
  for (const operation of operations.filter(
    (one, index) => index % every === 0 && !LEFT_OUT.includes(nameOf(one)),
  )) {
    const name = nameOf(operation);
    for (const text of TEXTS) {
      const query = operation.query.map((one) => `${one}=${encodeURIComponent(text)}`).join('&');
      if (query !== '')
        judge(
          `${name} query`,
          await owner.send(
            operation.method,
            `${addressOf(operation, product)}?${query}`,
            operation.body?.example,
          ),
        );
      if (operation.path.includes('{'))
        judge(
          `${name} address`,
          await owner.send(
            operation.method,
            addressOf(operation, encodeURIComponent(text)),
            operation.body?.example,
          ),
        );
    }
    if (!operation.body || name === 'PUT /api/users/{id}') continue;
    for (const value of [...TEXTS, ...OBJECTS]) {
      const body = Object.fromEntries(
        Object.entries(operation.body.example).map(([field, old]) => [
          field,
          typeof old === 'string' ? value : old,
        ]),
      );
      const answer = await owner.send(operation.method, addressOf(operation, product), body);
      judge(`${name} body`, answer);
      const holdsText = Object.values(operation.body.example).some((old) => typeof old === 'string');
      if (typeof value !== 'string' && holdsText && isDone(answer) && !name.includes('predictions'))
        problems.push(`${name}: took ${JSON.stringify(value)} for a text`);
    }
    judge(
      `${name} prototype`,
      await owner.send(
        operation.method,
        addressOf(operation, product),
        '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      ),
    );
  }
  problems.push(...(await searchProblems(owner)));
  const page = await owner.get('/api/auth/me');
  if (page.text.includes('polluted')) problems.push('a prototype was polluted');
  await shop.close();
  const verified = await swati(stage, dataDir, ['verify']);
  if (verified.code !== 0) problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
  return { reached: `${sent} requests, ${problems.length} effects`, work: sent, floor: 200, problems };
}

/** A search finds what holds the text, and nothing else, whatever the text is. */
async function searchProblems(
  owner: { get: (path: string) => Promise<never> } | Parameters<typeof addCustomer>[0],
): Promise<string[]> {
  const problems: string[] = [];
  const found = async (path: string): Promise<Row[]> => {
    const answer = await (owner as Parameters<typeof addCustomer>[0]).get(path);
    if (isDone(answer)) return rowsOf(answer);
    problems.push(`the search ${path} was answered ${answer.status}`);
    return [];
  };
  for (const text of [...TEXTS, '%', '_', '%_%', '*', '"']) {
    const q = encodeURIComponent(text);
    for (const path of [
      `/api/customers/search?q=${q}`,
      `/api/customers?search=${q}`,
      `/api/orders?search=${q}`,
      `/api/products?search=${q}`,
    ]) {
      const rows = await found(path);
      const holds = rows.filter((row) =>
        JSON.stringify(Object.values(row))
          .toLowerCase()
          .includes(JSON.stringify(text).slice(1, -1).toLowerCase()),
      );
      if (rows.length > holds.length)
        problems.push(`the search ${path} found ${rows.length} rows, ${holds.length} of them hold the text`);
    }
  }
  const needle = await found('/api/customers/search?q=needle');
  if (needle.length !== 1) problems.push(`the search for a name that is there found ${needle.length}`);
  return problems;
}
