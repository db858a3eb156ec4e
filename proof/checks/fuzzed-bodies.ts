import { check, type Finding, type Stage } from '../check.ts';
import { addressOf, MISSING_ID, nameOf, type Operation, readApi } from '../drive/api.ts';
import { type Answer, type Client, dataOf, isDone } from '../drive/client.ts';
import { documentChecker, fits, type IdFor, makeValid, spoil } from '../drive/hostile-values.ts';
import type { Seeded } from '../drive/seeded.ts';
import { addCustomer, addProduct, type OpenShop, openShop, signIn } from '../drive/shop.ts';

/** They change who is signed in, or start work that takes minutes. */
const LEFT_OUT = [
  'POST /api/auth/logout',
  'DELETE /api/auth/sessions',
  'POST /api/predictions/retrain',
  'GET /api/events',
  'PUT /api/users/{id}',
  'POST /api/auth/change-password',
];
const AT_ONCE = 8;

/** R26: the program is held to what it says of itself: what it accepts, and how it answers. */
export const fuzzedBodies = check<{ requests: number }>({
  id: 'R26',
  what: 'Requests made of our own OpenAPI document, half of them spoilt in one place',
  asked: '10,000 requests: 0 x 5xx, 0 invalid accepted, 0 off-schema answers',
  full: { requests: 10_000 },
  quick: 'thirteen seconds with its control; bad-input.test.ts sends every field wrong',
  control: {
    defect: 'numbers out of anything',
    size: { requests: 400 },
    red: /breaks its schema and was accepted/,
  },
  run,
});

async function run(stage: Stage, { requests }: { requests: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const { document, operations } = await readApi(shop.owner);
  const chosen = operations.filter((one) => !LEFT_OUT.includes(nameOf(one)));
  const ids = await rowsToSpoil(shop.owner);
  const offSchema = documentChecker(document);
  // One example of each: name and kind of the problem.
  const problems = new Map<string, string>();
  const counts = { sent: 0, accepted: 0, refused: 0, forbidden: 0 };
  const client = shop.client(AT_ONCE);
  const one = async (number: number): Promise<void> => {
    const random = stage.random.branch(number);
    const operation = random.chance(0.75)
      ? random.pick(chosen.filter(({ body }) => body !== null))
      : random.pick(chosen);
    const idFor = (name: string): string => {
      const known = ids.filter(([kind]) => name.includes(kind)).map(([, id]) => id);
      return known.length === 0 || random.chance(0.1) ? MISSING_ID : random.pick(known);
    };
    const whole = wholeBody(operation, random, idFor);
    const body = letIn(operation.body && random.chance(0.5) ? spoil(whole, random) : whole);
    const query = random.chance(0.5)
      ? queryOf(operation, random.pick(['1', 'x', '-1', '2026-01-01', '%27', '']))
      : '';
    const answer = await client.send(
      operation.method,
      addressOf(operation, idFor(operation.path)) + query,
      body,
    );
    counts.sent++;
    counts[isDone(answer) ? 'accepted' : 'refused']++;
    if (answer.status === 403) counts.forbidden++;
    const problem = judge(operation, body, answer, offSchema);
    if (problem === null) return;
    const kind = `${nameOf(operation)}: ${problem}`;
    problems.set(kind, `${kind}; sent ${query} ${JSON.stringify(body)?.slice(0, 300)}`);
  };
  for (let number = 0; number < requests; number += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, index) => one(number + index)));
    if (number % 400 === 0) await renew(shop, client);
  }
  await shop.close();
  // Requests that are turned away for want of rights say nothing about bodies.
  if (counts.forbidden > requests / 20)
    problems.set('403', `${counts.forbidden} requests of the owner were answered 403`);
  const reached = `${counts.sent} requests, ${counts.accepted} accepted, ${counts.refused} refused; ${problems.size} problems`;
  return {
    reached,
    work: Math.min(counts.accepted, counts.refused),
    floor: requests / 20,
    problems: [...problems.values()],
  };
}

/** Something of each kind that has an address, by the word that names it in addresses and fields. */
async function rowsToSpoil(owner: Client): Promise<[kind: string, id: string][]> {
  const customer = await addCustomer(owner);
  const product = await addProduct(owner, { stock_quantity: 10_000 });
  const rows: [string, string][] = [
    ['customer', customer],
    ['product', product],
  ];
  for (let copy = 0; copy < 4; copy++) {
    const order = await owner.post('/api/orders', {
      customer_id: customer,
      items: [{ product_id: product, quantity: 1 }],
    });
    const entry = await owner.post('/api/khata/transactions', {
      customer_id: customer,
      transaction_type: 'credit',
      amount: 100,
    });
    rows.push(['order', String(dataOf(order).id)], ['khata', String(dataOf(entry).id)]);
  }
  return rows;
}

/** A body that fits: the documented example with ids of this shop, or one made of the schema. */
function wholeBody({ body }: Operation, random: Seeded, idFor: IdFor): unknown {
  if (body === null) return undefined;
  return random.chance(0.5)
    ? makeValid(body.schema, random, idFor)
    : JSON.parse(JSON.stringify(body.example), (name, value: unknown) => (isId(value) ? idFor(name) : value));
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);
}

/** A shop that asks its owner for a sign-in code would turn away all that follows. */
function letIn(body: unknown): unknown {
  const asksForCodes = typeof body === 'object' && body !== null && 'totp_roles' in body;
  return asksForCodes && Array.isArray(body.totp_roles) ? { ...body, totp_roles: [] } : body;
}

/** A fresh token, since some requests are about sessions. */
async function renew(shop: OpenShop, client: { token: string | null }): Promise<void> {
  client.token = await signIn(shop.owner.origin, 'owner', 'a long enough password');
}

function queryOf({ query }: Operation, value: string): string {
  return query.length === 0 ? '' : `?${query.map((name) => `${name}=${value}`).join('&')}`;
}

function judge(
  operation: Operation,
  body: unknown,
  answer: Answer,
  offSchema: (pointer: string, value: unknown) => string | null,
): string | null {
  const { status, text } = answer;
  if (status === 0) return `no answer: ${answer.why}`;
  // A model that was never trained is said to be unavailable, by the health page too.
  const untrained =
    status === 503 && (text.includes('_model_not_trained') || operation.path === '/api/health');
  if (status >= 500 && !untrained)
    return `answered ${status} ${text.replace(/"request_id".*/, '').slice(0, 200)}`;
  if (operation.body && isDone(answer) && !fits(operation.body.schema, body))
    return 'breaks its schema and was accepted';
  if (!operation.answers.has(status)) return `answered ${status}, which is not documented`;
  if (operation.answers.get(status) === null || !String(answer.headers['content-type']).includes('json'))
    return null;
  const path = operation.path.replaceAll('~', '~0').replaceAll('/', '~1');
  const pointer = `/paths/${encodeURIComponent(path).replaceAll('%7E', '~')}/${operation.method.toLowerCase()}/responses/${status}/content/application~1json/schema`;
  const problem = offSchema(pointer, answer.body);
  return problem === null ? null : `the answer ${status} is off its schema: ${problem}`;
}
