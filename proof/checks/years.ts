import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CheckSpec, check, type Finding, type Stage } from '../check.ts';
import { PASSWORD } from '../drive/accounts.ts';
import { type Answer, Client, dataOf, isUnknown } from '../drive/client.ts';
import { type Ended, swati } from '../drive/command-line.ts';
import { onReplicaSet } from '../drive/replica-set.ts';
import type { Seeded } from '../drive/seeded.ts';
import { addCustomer, addProduct, type OpenShop, openShop, signIn } from '../drive/shop.ts';
import { type Action, nextAction } from '../years/actions.ts';
import { audit } from '../years/audit.ts';
import { Bookkeeper } from '../years/bookkeeper.ts';

const PEOPLE = 20;
const STAFF = [
  'customers.read',
  'customers.write',
  'khata.read',
  'khata.post',
  'khata.reverse',
  'orders.read',
  'orders.write',
  'sales.read',
  'sales.write',
  'prices.set',
  'catalogue.write',
  'catalogue.read_drafts',
];

interface Size {
  days: number;
  customers: number;
  products: number;
}

/** DAYS=100 makes them fewer; the table says how many there were. */
const FULL: Size = { days: Number(process.env.DAYS || 3650), customers: 250, products: 150 };
const SHORT: Size = { days: 25, customers: 20, products: 10 };
const SHORTEST: Size = { ...SHORT, days: 10 };
const WHAT =
  '20 people through ten years of shop days: sales, khata, mistakes, second clicks, reversals, restarts, kills, backups, a restore';
const ASKED = '0 differences from an independent bookkeeper at random moments and at the end';
const RED = /the bookkeeper has|due were/;

/** Ten years of shop days at full speed: the shop's clock stays where it is, its books grow. */
const YEARS: CheckSpec<Size> = {
  id: 'years',
  what: WHAT,
  asked: ASKED,
  full: FULL,
  quick: { size: { days: 15, customers: 40, products: 30 }, reduced: '15 days of 3,650' },
  control: { defect: 'cancelled orders keep their pieces', size: SHORTEST, red: RED },
  alone: true,
  run: live,
};
export const years = check(YEARS);
export const yearsOnMongo = check(
  onReplicaSet(YEARS, {
    defect: 'MongoDB keeps the pieces of cancelled orders',
    size: SHORT,
    red: RED,
  }),
);

async function live(stage: Stage, size: Size): Promise<Finding> {
  const life = new ShopLife(stage, size);
  await life.open();
  for (let day = 0; day < size.days && life.problems.length < 20; day++) await life.day(day);
  await life.inspect(true);
  await life.close();
  const { counts, problems } = life;
  const reached =
    `${size.days} days, ${counts.actions} actions, ${counts.audits} visits of the bookkeeper, ${counts.restarts} restarts, ` +
    `${counts.kills} kills, ${counts.backups} backups, ${counts.restores} restores, ${counts.unknown} unknown and sent again; ${problems.length} differences`;
  return { reached, work: counts.actions, floor: size.days * 5, problems };
}

class ShopLife {
  readonly problems: string[] = [];
  readonly counts = { actions: 0, audits: 0, restarts: 0, kills: 0, backups: 0, restores: 0, unknown: 0 };
  readonly #stage: Stage;
  readonly #size: Size;
  readonly #dataDir: string;
  #books = new Bookkeeper();
  #shop: OpenShop | null = null;
  #people: Client[] = [];
  #archive: { file: string; books: Bookkeeper } | null = null;

  constructor(stage: Stage, size: Size) {
    this.#stage = stage;
    this.#size = size;
    this.#dataDir = join(stage.folder, 'data');
  }

  async open(): Promise<void> {
    const { owner } = await this.#start();
    for (let one = 0; one < PEOPLE; one++) {
      const username = `person_${one}`;
      const account = {
        username,
        email: `${username}@example.com`,
        password: PASSWORD,
        role: 'staff',
        permissions: STAFF,
      };
      dataOf(await owner.post('/api/auth/register', account), 'registering');
    }
    for (let one = 0; one < this.#size.customers; one++)
      this.#books.openAccount(await addCustomer(owner, `Customer ${one}`));
    for (let one = 0; one < this.#size.products; one++) {
      const pieces = this.#stage.random.whole(0, 20);
      this.#books.stock.set(
        await addProduct(owner, { name: `Piece ${one}`, stock_quantity: pieces }),
        pieces,
      );
    }
    await this.#signIn();
  }

  async day(day: number): Promise<void> {
    const random = this.#stage.random.branch(`day-${day}`);
    for (let hour = 0; hour < 2; hour++) await this.#hour(day, random);
    // Seldom in ten years, often enough in a few weeks.
    const rare = Math.max(7, Math.floor(this.#size.days / 40));
    if (day % rare === 3) await this.#restart(random.chance(0.5));
    if (day % rare === 5) await this.#backUp();
    if (day === Math.floor(this.#size.days * 0.6)) await this.#restore();
    if (random.chance(Math.max(0.01, 6 / this.#size.days))) await this.inspect(false);
  }

  /** Ten people, each with something that none of the others touches. */
  async #hour(day: number, random: Seeded): Promise<void> {
    const taken = new Set<string>();
    const chosen: Action[] = [];
    for (const _person of this.#people.slice(0, 10)) {
      const action = nextAction(this.#books, random);
      if (action === null || action.about.some((thing) => taken.has(thing))) continue;
      for (const thing of action.about) taken.add(thing);
      chosen.push(action);
    }
    const who = random.shuffled(this.#people);
    const answers = await Promise.all(
      chosen.map((action, index) => this.#sendOnce(action, who[index] as Client, random.hex(24))),
    );
    for (const [index, action] of chosen.entries()) {
      this.counts.actions++;
      const problem = action.settle(answers[index] as never, this.#books);
      if (problem !== null) this.problems.push(`day ${day}: an action ${problem}`);
    }
  }

  /**
   * A kept connection may be closed by the shop while nobody uses it, in the very moment in which somebody does. What came
   * of the request is unknown then, and it is sent again with its key, as a client would.
   */
  async #sendOnce(action: Action, client: Client, key: string): Promise<Answer> {
    const once = { headers: { 'idempotency-key': key } };
    const answer = await action.send(client, once);
    // A defect is none of these: it must be seen.
    if (answer.status === 500 || !isUnknown(answer)) return answer;
    this.counts.unknown++;
    return action.send(client, once);
  }

  async inspect(whole: boolean): Promise<void> {
    this.counts.audits++;
    // He comes seldom: the connection that he had may be gone at any moment.
    this.#owner.close();
    this.problems.push(...(await audit(this.#owner, this.#books, whole)));
  }

  async close(): Promise<void> {
    await this.#shop?.close();
    const verified = await this.#swati('verify');
    if (verified.code !== 0)
      this.problems.push(`swati verify: ${verified.code} ${verified.err.slice(0, 300)}`);
  }

  get #owner(): Client {
    if (this.#shop === null) throw new Error('the shop is closed');
    return this.#shop.owner;
  }

  async #start(): Promise<OpenShop> {
    this.#shop = await openShop(this.#stage, { dataDir: this.#dataDir });
    return this.#shop;
  }

  #swati(...words: string[]): Promise<Ended> {
    return swati(this.#stage, this.#dataDir, words);
  }

  async #signIn(): Promise<void> {
    for (const person of this.#people) person.close();
    const { origin } = this.#owner;
    this.#people = [];
    for (let one = 0; one < PEOPLE; one++)
      this.#people.push(new Client(origin, await signIn(origin, `person_${one}`, PASSWORD)));
  }

  /** Everything was answered before it, so nothing may be lost by a kill either. */
  async #restart(byKill: boolean): Promise<void> {
    if (byKill) await Promise.all((this.#shop?.programs ?? []).map((program) => program.kill()));
    await this.#shop?.close();
    this.counts[byKill ? 'kills' : 'restarts']++;
    const { origin } = (await this.#start()).owner;
    for (const person of this.#people) person.origin = origin;
  }

  async #backUp(): Promise<void> {
    const folder = join(this.#stage.folder, 'archives');
    const made = await this.#swati('backup', '--to', folder, '--keep', '2');
    if (made.code !== 0) this.problems.push(`swati backup: ${made.code} ${made.err.slice(0, 300)}`);
    this.counts.backups++;
    const newest =
      readdirSync(folder)
        .filter((name) => name.endsWith('.backup'))
        .sort()
        .at(-1) ?? '';
    this.#archive = { file: join(folder, newest), books: this.#books.copy() };
  }

  /** The shop and the bookkeeper go back to the last backup; everybody signs in again. */
  async #restore(): Promise<void> {
    if (this.#archive === null) await this.#backUp();
    if (this.#archive === null) return;
    await this.#shop?.close();
    const done = await this.#swati('restore', this.#archive.file, '--replace');
    if (done.code !== 0) this.problems.push(`swati restore: ${done.code} ${done.err.slice(0, 300)}`);
    this.counts.restores++;
    this.#books = this.#archive.books.copy();
    await this.#start();
    await this.#signIn();
    await this.inspect(true);
  }
}
