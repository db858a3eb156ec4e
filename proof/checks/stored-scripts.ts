import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright-core';
import { check, type Finding, type Stage } from '../check.ts';
import { type Client, dataOf, type Row } from '../drive/client.ts';
import { PRODUCT } from '../drive/plant.ts';
import { type OpenShop, OWNER, openShop } from '../drive/shop.ts';

const PATHS = [
  'today',
  'sale',
  'customers',
  'customers?add=true',
  'orders',
  'orders?add=true',
  'products',
  'products?view=grid',
  'products?view=table',
  'products?add=true',
  'forecasts',
  'forecasts/diamonds',
  'forecasts/models',
  'analytics?metric=revenue',
  'analytics?metric=top-products',
  'analytics?metric=khata-ageing',
  'analytics?metric=gold',
  'settings',
  'settings/rules',
  'settings/people',
  'settings/backups',
  'settings/account',
  'journal',
  'journal?subject=customer',
  'prices',
  'prices/board',
];
const HIT = '/was-run';
const CODE = `fetch('${HIT}')`;
const FORMS = [
  `<script>${CODE}</script>`,
  `<img src=x onerror="${CODE}">`,
  `<svg onload="${CODE}">`,
  `<svg><script>${CODE}</script></svg>`,
  `<iframe srcdoc="<script>parent.${CODE}</script>">`,
  `<body onload="${CODE}">`,
  `<input autofocus onfocus="${CODE}">`,
  `<details open ontoggle="${CODE}">`,
  `<video><source onerror="${CODE}"></video>`,
  `<a href="javascript:${CODE}">x</a>`,
  `<math><mtext><img src=x onerror="${CODE}"></mtext></math>`,
  `<img src="https://foreign.example/pixel.png">`,
  `<link rel=stylesheet href="https://foreign.example/a.css">`,
  `<style>*{background:url(https://foreign.example/b.png)}</style>`,
  `<object data="javascript:${CODE}"></object>`,
  `{{constructor.constructor("${CODE}")()}}`,
  `\${${CODE}}`,
  `<marquee onstart="${CODE}">`,
  `<form action="https://foreign.example"><button autofocus>x</button></form>`,
  `<meta http-equiv="refresh" content="0;url=https://foreign.example">`,
];
const BREAKERS = ['', `"'>`, '</textarea></title></script>'];
/** Twenty forms, each as it is and behind two ways of breaking out of an attribute or an element. */
const PAYLOADS = BREAKERS.flatMap((before) => FORMS.map((form) => before + form));
const SETTLE_MS = 900;

/** R30. */
export const storedScripts = check<{ pages: number }>({
  id: 'R30',
  what: '60 payloads stored in every text of the shop, then every console page in a real browser',
  asked: '0 scripts run, 0 foreign requests',
  full: { pages: PATHS.length },
  quick: 'needs a browser for a minute',
  control: {
    defect: 'the page writes its address into itself',
    size: { pages: 2 },
    red: /a script ran|asked/,
  },
  missing: () => {
    if (!existsSync(join(PRODUCT, 'console/dist/index.html')))
      return 'needs the built console (npm run build)';
    return browserPath() === null ? 'needs chromium' : null;
  },
  run,
});

function browserPath(): string | null {
  const { stdout, status } = spawnSync(
    'sh',
    ['-c', 'command -v chromium-headless-shell || command -v chromium || command -v google-chrome'],
    { encoding: 'utf8' },
  );
  return status === 0 ? stdout.trim() : null;
}

async function run(stage: Stage, { pages }: { pages: number }): Promise<Finding> {
  const shop = await openShop(stage);
  const details = await store(shop.owner);
  const browser = await chromium.launch({
    executablePath: browserPath() ?? '',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const problems: string[] = [];
  let visited = 0;
  try {
    const context = await browser.newContext({ baseURL: shop.owner.origin, serviceWorkers: 'block' });
    await signIn(context, shop);
    const page = await context.newPage();
    let here = '';
    page.on('request', (request) => {
      const { origin, pathname } = new URL(request.url());
      if (pathname === HIT) problems.push(`a script ran on ${here}`);
      if (/^http/.test(origin) && origin !== shop.owner.origin) problems.push(`${here} asked ${origin}`);
    });
    page.on('dialog', (dialog) => {
      problems.push(`a dialog opened on ${here}`);
      void dialog.dismiss();
    });
    const payload = encodeURIComponent(FORMS[1] as string);
    const reflected = PATHS.slice(0, 2).map((path) => `${path}?search=${payload}#${payload}`);
    for (const path of [...PATHS.slice(0, pages), ...reflected, ...details]) {
      here = path.slice(0, 60);
      try {
        await page.goto(`/console/${path}`, { waitUntil: 'domcontentloaded' });
        await page.locator('main h1').first().waitFor({ timeout: 20_000 });
        await page.waitForTimeout(SETTLE_MS);
        visited++;
      } catch (error) {
        problems.push(`${here} did not come: ${(error as Error).message.slice(0, 100)}`);
      }
    }
  } finally {
    await browser.close();
  }
  await shop.close();
  return {
    reached: `${PAYLOADS.length} payloads, ${visited} pages, ${problems.length} scripts run or foreign requests`,
    work: visited,
    floor: pages,
    problems,
  };
}

/** Puts the payloads everywhere, and answers the addresses of some things that have them. */
async function store(owner: Client): Promise<string[]> {
  const details: string[] = [];
  dataOf(
    await owner.put('/api/settings', {
      shop_name: (PAYLOADS[1] as string).slice(0, 200),
      shop_address: PAYLOADS[2],
    }),
    'the settings',
  );
  for (const [index, payload] of PAYLOADS.entries()) {
    const text = payload.slice(0, 190);
    const phone = `+9170000${String(10_000 + index)}`;
    const customer = dataOf(
      await owner.post('/api/customers', { name: text, phone, email: text, address: text }),
      'a customer',
    ) as Row;
    const piece = {
      name: text,
      description: text,
      category: 'Ring',
      base_price: 500,
      weight: 4,
      status: 'published',
      stock_quantity: 3,
      image_url: `/uploads/${index}`,
    };
    const product = dataOf(await owner.post('/api/products', piece), 'a piece');
    const items = [{ product_id: product.id, quantity: 1 }];
    const order = dataOf(
      await owner.post('/api/orders', {
        customer_id: customer.id,
        items,
        notes: text,
        admin_notes: text,
        payment_method: 'khata',
      }),
      'an order',
    );
    const products = [{ product_id: product.id, quantity: 1, price_at_sale: 5 }];
    const sale = dataOf(
      await owner.post('/api/sales', { customer_id: customer.id, products, notes: text }),
      'a sale',
    );
    const entry = {
      customer_id: customer.id,
      transaction_type: 'debit',
      amount: 5,
      description: text,
      reference_number: text.slice(0, 100),
    };
    dataOf(await owner.post('/api/khata/transactions', entry), 'an entry');
    if (index % 12 === 1)
      details.push(
        `customers/${customer.id}`,
        `orders/${order.id}`,
        `products/${product.id}`,
        `sale/${sale.id}`,
      );
  }
  await owner.post('/api/prices/gold', {
    price_per_gram: 6500,
    source: (PAYLOADS[1] as string).slice(0, 200),
  });
  return details;
}

async function signIn(context: BrowserContext, shop: OpenShop): Promise<void> {
  const { origin } = shop.owner;
  const answer = await shop.owner.post(
    '/api/auth/login',
    { username: OWNER.username, password: OWNER.password },
    { headers: { 'x-session': 'cookie' } },
  );
  const value = /^swati_refresh=([^;]+)/.exec(String(answer.headers['set-cookie']))?.[1] ?? '';
  await context.addCookies([
    {
      name: 'swati_refresh',
      value,
      domain: '127.0.0.1',
      path: '/api/auth',
      httpOnly: true,
      sameSite: 'Strict',
    },
  ]);
  await context.addInitScript((at) => {
    if (location.origin === at) localStorage.setItem('swati.session', 'yes');
  }, origin);
}
