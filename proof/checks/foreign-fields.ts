import { check, type Finding, type Stage } from '../check.ts';
import { addAccount } from '../drive/accounts.ts';
import { readApi } from '../drive/api.ts';
import { type Answer, dataOf, isDone, type Row } from '../drive/client.ts';
import { addCustomer, addProduct, type OpenShop, OWNER, openShop, signIn } from '../drive/shop.ts';

/** Fields that somebody would like to set and may not. */
const FOREIGN: Row = {
  id: 'f'.repeat(24),
  _id: 'f'.repeat(24),
  shop_id: 'another',
  role: 'admin',
  is_admin: true,
  is_active: false,
  appointed: true,
  permissions: ['users.manage'],
  created_by: 'somebody else',
  created_at: '2001-01-01T00:00:00.000Z',
  updated_at: '2001-01-01T00:00:00.000Z',
  published_at: '2001-01-01T00:00:00.000Z',
  current_balance: 1234567,
  balance_after: 1234567,
  order_number: 'ORD-20010101-AAAA',
  total_amount: 0.01,
  final_amount: 0.01,
  subtotal: 0.01,
  current_price: 0.01,
  taken_quantity: 0,
  completed_at: '2001-01-01T00:00:00.000Z',
  reverses: 'f'.repeat(24),
  reversed_by: 'f'.repeat(24),
  source: { kind: 'order', id: 'f'.repeat(24) },
  khata_entry_id: 'f'.repeat(24),
  passwordHash: 'x',
  password_hash: 'x',
  version: 99,
  held: false,
};

interface Write {
  name: string;
  /** A field of it that the public may set on its own is no foreign one. */
  own: string[];
  send: (more: Row) => Promise<Answer>;
}

/** R25. */
export const foreignFields = check<{ times: number }>({
  id: 'R25',
  what: 'Fields that are not the caller’s to set, in every kind of write; answers with undeclared fields',
  asked: 'row unchanged; 0 undeclared fields in any response',
  full: { times: 20 },
  quick: { size: { times: 2 }, reduced: '2 times instead of 20' },
  control: { defect: 'sign-up takes the role it is sent', size: { times: 1 }, red: /took role/ },
  run,
});

async function run(stage: Stage, { times }: { times: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const declared = await declaredFields(shop);
  const writes = await writesOf(shop);
  const problems: string[] = [];
  let compared = 0;
  for (let time = 0; time < times; time++) {
    for (const { name, own, send } of writes) {
      const foreign = Object.fromEntries(Object.entries(FOREIGN).filter(([field]) => !own.includes(field)));
      const [plain, laden] = [await send({}), await send(foreign)];
      if (!isDone(plain) || !isDone(laden)) {
        problems.push(
          `${name} was answered ${plain.status} and, with foreign fields, ${laden.status} ${laden.text.slice(0, 200)}`,
        );
        continue;
      }
      compared++;
      const [before, after] = [plain.body.data as Row, laden.body.data as Row];
      for (const field of Object.keys(foreign)) {
        const isTaken = JSON.stringify(after[field]) === JSON.stringify(foreign[field]);
        if (isTaken && JSON.stringify(before[field]) !== JSON.stringify(foreign[field]))
          problems.push(`${name} took ${field}`);
      }
      const strange = Object.keys(after).filter((field) => declared.get(name)?.has(field) === false);
      for (const field of strange) problems.push(`${name} answers the undeclared field ${field}`);
    }
  }
  const me = await shop.owner.get('/api/auth/me');
  if (me.text.includes('polluted')) problems.push('a prototype was polluted');
  await shop.close();
  const reached = `${writes.length} kinds of write x ${Object.keys(FOREIGN).length} fields, ${compared} compared, ${problems.length} taken or shown`;
  return { reached, work: compared, floor: times * writes.length, problems };
}

async function declaredFields(shop: OpenShop): Promise<Map<string, Set<string>>> {
  const { operations } = await readApi(shop.owner);
  return new Map(
    operations.map(({ method, path, answers }) => {
      const schema = answers.get(201) ?? answers.get(200) ?? {};
      const data = ((schema as Row).properties as Record<string, Row> | undefined)?.data;
      return [`${method} ${path}`, new Set(Object.keys((data?.properties ?? {}) as Row))];
    }),
  );
}

async function writesOf(shop: OpenShop): Promise<Write[]> {
  const { owner } = shop;
  const [customer, product] = [await addCustomer(owner), await addProduct(owner)];
  const order = (await owner.post('/api/orders', { customer_id: customer, items: [{ product_id: product }] }))
    .body.data as Row;
  const clerk = (await addAccount(owner)).id;
  let number = 0;
  const fresh = (): string => `n${++number}`;
  const phone = (): string => `+918${String(100_000_000 + ++number)}`;
  const account = (): Row => {
    const username = `person_${fresh()}`;
    return { username, email: `${username}@example.com`, password: OWNER.password };
  };
  const plain = shop.client();
  const mine = account();
  await plain.post('/api/auth/signup', mine);
  plain.token = await signIn(owner.origin, String(mine.username), OWNER.password);
  const post = (path: string, body: () => Row, own: string[] = []): Write => ({
    name: `POST ${path}`,
    own,
    send: (more) => owner.post(path, { ...body(), ...more }),
  });
  const put = (path: string, name: string, body: () => Row, own: string[] = []): Write => ({
    name: `PUT ${name}`,
    own: ['version', ...own],
    send: (more) => owner.put(path, { ...body(), ...more }),
  });
  return [
    post('/api/customers', () => ({ name: 'Asha', phone: phone() })),
    post('/api/products', () => ({ name: 'Ring', category: 'Ring', base_price: 100, weight: 5 })),
    post('/api/khata/transactions', () => ({ customer_id: customer, transaction_type: 'debit', amount: 5 })),
    post('/api/orders', () => ({
      customer_id: customer,
      items: [{ product_id: product, quantity: 1, unit_price: 7 }],
    })),
    post('/api/sales', () => ({
      customer_id: customer,
      products: [{ product_id: product, quantity: 1, price_at_sale: 7 }],
    })),
    post('/api/prices/diamond', () => ({ carat: 1, cut: 'Ideal', color: 'D', clarity: 'IF', price: 5 }), [
      'source',
      'date',
    ]),
    post('/api/auth/signup', account),
    post('/api/auth/register', account, ['role', 'permissions']),
    put(`/api/customers/${customer}`, '/api/customers/{id}', () => ({ address: fresh() })),
    put(`/api/products/${product}`, '/api/products/{id}', () => ({ description: fresh() })),
    put(`/api/orders/${order.id}/notes`, '/api/orders/{id}/notes', () => ({ note: fresh() })),
    put('/api/settings', '/api/settings', () => ({ shop_name: fresh() })),
    put(`/api/users/${clerk}`, '/api/users/{id}', () => ({ is_active: true }), [
      'role',
      'permissions',
      'is_active',
    ]),
    ...['gold', 'silver', 'platinum'].map((metal) =>
      post(`/api/prices/${metal}`, () => ({ price_per_gram: 6500, confirm: true }), ['source']),
    ),
    {
      name: 'POST /api/khata/transactions/{id}/reverse',
      own: [],
      send: async (more) => {
        const posting = { customer_id: customer, transaction_type: 'debit', amount: 5 };
        const { id } = dataOf(await owner.post('/api/khata/transactions', posting), 'a posting');
        return owner.post(`/api/khata/transactions/${id}/reverse`, { reason: 'wrong', ...more });
      },
    },
    ...['status', 'payment-status'].map((what): Write => {
      const body = what === 'status' ? { status: 'completed' } : { payment_status: 'paid' };
      return {
        name: `PUT /api/orders/{id}/${what}`,
        own: ['version'],
        send: async (more) => {
          const ordered = { customer_id: customer, items: [{ product_id: product, quantity: 1 }] };
          const { id } = dataOf(await owner.post('/api/orders', ordered), 'an order');
          return owner.put(`/api/orders/${id}/${what}`, { ...body, ...more });
        },
      };
    }),
    {
      name: 'PUT /api/auth/me/preferences',
      own: [],
      send: (more) => plain.put('/api/auth/me/preferences', { theme: 'dark', ...more }),
    },
  ];
}
