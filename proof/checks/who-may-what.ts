import { check, type Finding, type Stage } from '../check.ts';
import { type Account, addAccount, openSession } from '../drive/accounts.ts';
import { addressOf, nameOf, type Operation, readApi } from '../drive/api.ts';
import { type Answer, type Client, dataOf, rowsOf } from '../drive/client.ts';
import { addCustomer, addProduct, type OpenShop, openShop } from '../drive/shop.ts';
import { POLICY } from '../policy.ts';

/** They end all sessions of who calls, so each call gets an account of its own. */
const ENDS_SESSION = ['DELETE /api/auth/sessions', 'POST /api/auth/logout', 'POST /api/auth/change-password'];

interface Size {
  /** Every n-th route. */
  every: number;
}

/** R24: the whole of the table, from the router's own list. A route that the table does not have fails. */
export const whoMayWhat = check<Size>({
  id: 'R24',
  what: 'Every route x role x {own, other’s, missing}, compared with a table kept apart',
  asked: '0 mismatches with the policy table; an unlisted route fails',
  full: { every: 1 },
  quick: { size: { every: 6 }, reduced: 'every sixth route; the list of routes whole' },
  control: { defect: 'staff may do everything', size: { every: 12 }, red: /all but/ },
  run,
});

async function run(stage: Stage, { every }: Size): Promise<Finding> {
  const shop = await openShop(stage);
  const { operations } = await readApi(shop.owner);
  const chosen = operations.filter((_, index) => index % every === 0);
  const door = new Door(shop, await makeCast(shop.owner, chosen));
  for (const operation of chosen) await door.tryOut(operation);
  const problems = [
    ...unlisted(operations),
    ...door.problems,
    ...(await othersSessions(shop.owner.origin, door.cast.plain)),
  ];
  await shop.close();
  const reached = `${chosen.length} of ${operations.length} routes, ${door.calls} calls, ${problems.length} mismatches`;
  return { reached, work: door.calls, floor: chosen.length, problems };
}

/** Where what is needed follows the body: fields beside those of the example, for the permission that policy.ts names. */
const INSTEAD: Readonly<Record<string, object>> = {
  'POST /api/products/bulk': { action: 'restore' },
  // Nobody gives away what he has not got.
  'POST /api/auth/register': { role: 'staff', permissions: ['users.manage'] },
};

/** Who tries the doors: an account without rights, and for each permission a clerk with it alone and one without it. */
interface Cast {
  plain: Account;
  only: Map<string, Account>;
  rest: Map<string, Account>;
  customer: string;
  product: string;
}

async function makeCast(owner: Client, operations: readonly Operation[]): Promise<Cast> {
  const all = [...new Set(Object.values(POLICY))].filter(
    (access) => !['public', 'signed-in'].includes(access),
  );
  const [only, rest] = [new Map<string, Account>(), new Map<string, Account>()];
  for (const access of new Set(operations.map(({ permission }) => permission))) {
    if (!all.includes(access)) continue;
    only.set(access, await addAccount(owner, { permissions: [access] }));
    rest.set(access, await addAccount(owner, { permissions: all.filter((other) => other !== access) }));
  }
  const plain = await addAccount(owner, { role: 'user' });
  return { plain, only, rest, customer: await addCustomer(owner), product: await addProduct(owner) };
}

class Door {
  readonly cast: Cast;
  readonly problems: string[] = [];
  calls = 0;
  readonly #shop: OpenShop;

  constructor(shop: OpenShop, cast: Cast) {
    this.#shop = shop;
    this.cast = cast;
  }

  async tryOut(operation: Operation): Promise<void> {
    const name = nameOf(operation);
    const access = POLICY[name] ?? 'nobody';
    // Strangers are told to sign in, unless the address is everybody's; wrong names and codes there are 401 and 403 too.
    if (access === 'public') return;
    const stranger = this.#shop.client();
    stranger.token = null;
    await this.#mayNot(operation, 'a stranger', stranger, 401);
    stranger.close();
    const { plain, only, rest, customer, product } = this.cast;
    const own = ENDS_SESSION.includes(name) ? await addAccount(this.#shop.owner, { role: 'user' }) : plain;
    if (access === 'signed-in') return this.#may(operation, 'a plain account', own.client);
    await this.#mayNot(operation, 'a plain account', plain.client, 403);
    const [holder, others] = [only.get(access), rest.get(access)];
    if (others) await this.#mayNot(operation, 'a clerk with all but this permission', others.client, 403);
    if (!holder) return;
    await this.#may(operation, 'a clerk with only this permission', holder.client);
    const there = operation.path.includes('customers') ? customer : product;
    await this.#may(operation, 'the same, of a thing that is there', holder.client, there);
    // What is missing is not found, never forbidden, by whoever may look.
    if (!operation.path.endsWith('{id}') || operation.method !== 'GET') return;
    const { status } = await this.#call(operation, holder.client);
    if (status !== 404) this.problems.push(`${name}: a missing one was answered ${status}`);
  }

  async #may(operation: Operation, who: string, client: Client, id?: string): Promise<void> {
    const { status } = await this.#call(operation, client, id);
    if (status === 401 || status === 403 || status === 0) this.#complain(operation, who, status);
  }

  async #mayNot(operation: Operation, who: string, client: Client, refusal: number): Promise<void> {
    const { status } = await this.#call(operation, client);
    if (status !== refusal) this.#complain(operation, who, status);
  }

  #complain(operation: Operation, who: string, status: number): void {
    this.problems.push(`${nameOf(operation)} (${POLICY[nameOf(operation)]}): ${who} was answered ${status}`);
  }

  async #call(operation: Operation, client: Client, id?: string): Promise<Answer> {
    this.calls++;
    const { method, body } = operation;
    const sent = body && { ...body.example, ...INSTEAD[nameOf(operation)] };
    const answer = await client.send(method, addressOf(operation, id), sent ?? undefined, stream(operation));
    const untrained = answer.status === 503 && operation.path.includes('predictions');
    if (answer.status >= 500 && !untrained) this.#complain(operation, 'somebody', answer.status);
    return answer;
  }
}

/** A stream of events would not end: its headers are enough. */
function stream(operation: Operation): { headersOnly?: true } {
  return operation.path === '/api/events' ? { headersOnly: true } : {};
}

/** What the table and the operations say differently; without a running program, too. */
export function unlisted(operations: readonly Operation[]): string[] {
  const problems: string[] = [];
  for (const operation of operations) {
    const listed = POLICY[nameOf(operation)];
    if (listed === undefined) problems.push(`${nameOf(operation)} is not in policy.ts`);
    else if (listed !== operation.permission)
      problems.push(
        `${nameOf(operation)} says that it needs ${operation.permission}, policy.ts says ${listed}`,
      );
  }
  const served = new Set(operations.map(nameOf));
  for (const name of Object.keys(POLICY))
    if (!served.has(name)) problems.push(`${name} is in policy.ts and not served`);
  return problems;
}

/** One's own sessions can be ended; another's are not even there. */
async function othersSessions(origin: string, mine: Account): Promise<string[]> {
  const { client } = await openSession(origin, mine.username);
  const other = await openSession(origin, 'owner', 'a long enough password');
  const idOf = async (who: Client): Promise<string> =>
    String(rowsOf(await who.get('/api/auth/sessions')).find((session) => session.current)?.id);
  const foreign = await client.send('DELETE', `/api/auth/sessions/${await idOf(other.client)}`);
  const own = await client.send('DELETE', `/api/auth/sessions/${await idOf(client)}`);
  const still = await other.client.get('/api/auth/me');
  dataOf(still, 'the session that another account tried to end');
  const problems: string[] = [];
  if (foreign.status !== 404) problems.push(`another account's session was answered ${foreign.status}`);
  if (own.status !== 200) problems.push(`one's own session was answered ${own.status}`);
  client.close();
  other.client.close();
  return problems;
}
