// A model of the trade beside the real store: whatever is ordered, sold, paid, cancelled and reversed, in any order,
// no piece and no paisa is lost or made.

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { addPerson, addPiece, balanceOf, stockOf } from '../../../test/builders.ts';
import { openSharedTestShop } from '../../../test/shared-test-shop.ts';
import type { TestShop } from '../../../test/test-shop.ts';
import { foldBalance } from '../../domain/khata.ts';
import { methodOf, type NewOrder, type Order } from '../../domain/order.ts';
import type { Sale } from '../../domain/sale.ts';
import { ShopError } from '../../domain/shop-error.ts';

const PIECES = 3;
const SEQUENCES = 60;

const line = fc.record({
  piece: fc.integer({ min: 0, max: PIECES - 1 }),
  quantity: fc.integer({ min: 1, max: 4 }),
  unitPricePaise: fc.integer({ min: 0, max: 99_999 }),
});
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const method = fc.constantFrom('', 'cash', 'khata');
const command = fc.oneof(
  fc.record({
    do: fc.constant('order' as const),
    lines,
    taxPaise: fc.integer({ min: 0, max: 5_000 }),
    discountPaise: fc.integer({ min: 0, max: 20_000 }),
    method,
    paidPaise: fc.integer({ min: 0, max: 30_000 }),
    strict: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('sale' as const),
    lines,
    method,
    discountPaise: fc.integer({ min: 0, max: 20_000 }),
  }),
  fc.record({ do: fc.constant('cancel' as const), which: fc.nat() }),
  fc.record({
    do: fc.constant('pay' as const),
    which: fc.nat(),
    status: fc.constantFrom('paid', 'unpaid', 'partial'),
  }),
  fc.record({ do: fc.constant('reverse' as const), which: fc.nat() }),
);
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

/** What one sequence works on. */
interface World {
  customer: string;
  pieces: string[];
  stock: number[];
  orders: string[];
  sales: Sale[];
}

describe('a random trade', () => {
  let shop: TestShop;
  before(async () => {
    shop = await openSharedTestShop();
  });
  after(() => shop.close());

  it('conserves pieces and money', async () => {
    const stocks = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: PIECES, maxLength: PIECES });
    await fc.assert(
      fc.asyncProperty(
        stocks,
        fc.array(command, { minLength: 3, maxLength: 15 }),
        async (stock, commands) => {
          const pieces: string[] = [];
          for (const stockQuantity of stock) pieces.push(await addPiece(shop, { stockQuantity }));
          const world: World = { customer: await addPerson(shop), pieces, stock, orders: [], sales: [] };
          for (const step of commands) await run(shop, world, step);
          await checkWorld(shop, world);
        },
      ),
      { numRuns: SEQUENCES },
    );
    assert.deepEqual((await shop.shop.store.journal.verify()).problems, []);
  });
});

async function run(shop: TestShop, world: World, command: Command): Promise<void> {
  const { orders, khata } = shop.shop.store;
  if (command.do === 'order') return order(shop, world, command);
  if (command.do === 'sale') return sale(shop, world, command);
  const id = world.orders[command.which % Math.max(1, world.orders.length)];
  if (id === undefined) return;
  if (command.do === 'cancel') {
    await orders.changeStatus(id, 'cancelled', shop.shop.newId(), null, shop.by());
  } else if (command.do === 'pay') {
    await orders.changePaymentStatus(id, { status: command.status as 'paid' }, null, shop.by());
  } else {
    const entryId = (await orders.find(id))?.khataEntryId;
    if (!entryId) return;
    await refusedOr(
      ['entry_already_reversed'],
      khata.reverse(entryId, shop.shop.newId(), 'by hand', shop.by()),
    );
  }
}

async function order(shop: TestShop, world: World, command: Command & { do: 'order' }): Promise<void> {
  await shop.shop.store.settings.change({ strictStock: command.strict }, null, shop.by());
  const wanted = command.lines.map((of) => ({
    productId: world.pieces[of.piece] as string,
    quantity: of.quantity,
    unitPricePaise: of.unitPricePaise,
  }));
  const input: NewOrder = {
    id: shop.shop.newId(),
    numberTails: shop.shop.randomText(80, 'ABCDEFGHIJ0123456789'),
    khataEntryId: shop.shop.newId(),
    customerId: world.customer,
    lines: wanted,
    taxPaise: command.taxPaise,
    discountPaise: command.discountPaise,
    paymentStatus: 'partial',
    paymentMethod: command.method,
    terms: {
      method: methodOf(command.method),
      isPaid: false,
      amountPaidPaise: command.paidPaise,
      payments: null,
    },
    notes: '',
    adminNotes: '',
  };
  const left = new Map<string, number>();
  for (const piece of world.pieces) left.set(piece, (await stockOf(shop, piece)) ?? 0);
  for (const { productId, quantity } of wanted) left.set(productId, (left.get(productId) ?? 0) - quantity);
  const isShort = [...left.values()].some((pieces) => pieces < 0);
  const subtotal = wanted.reduce((sum, of) => sum + of.quantity * of.unitPricePaise, 0);
  const total = subtotal + command.taxPaise - command.discountPaise;
  const expected: string[] = [];
  if (total < 0 || command.paidPaise > total) expected.push('invalid_input');
  else if (command.strict && isShort) expected.push('out_of_stock');
  const placed = await refusedOr(expected, shop.shop.store.orders.add(input, shop.by()));
  assert.equal(placed === null, expected.length > 0, 'refused just where the model says so');
  if (placed) world.orders.push(placed.value.order.id);
}

async function sale(shop: TestShop, world: World, command: Command & { do: 'sale' }): Promise<void> {
  await shop.shop.store.settings.change({ strictStock: false }, null, shop.by());
  const paymentMethod = command.method === '' ? null : (command.method as 'cash');
  const { value } = await shop.shop.store.sales.add(
    {
      id: shop.shop.newId(),
      khataEntryId: shop.shop.newId(),
      customerId: world.customer,
      lines: command.lines.map((of) => ({
        productId: world.pieces[of.piece] as string,
        quantity: of.quantity,
        unitPricePaise: of.unitPricePaise,
      })),
      discountPaise: command.discountPaise,
      paymentStatus: 'paid',
      paymentMethod,
      terms: { method: paymentMethod, isPaid: true, amountPaidPaise: 0, payments: null },
      notes: null,
    },
    shop.by(),
  );
  world.sales.push(value.sale);
}

/** The value, or null where the change was refused with one of the expected codes. */
async function refusedOr<T>(codes: string[], change: Promise<T>): Promise<T | null> {
  try {
    return await change;
  } catch (error) {
    if (error instanceof ShopError && codes.includes(error.code)) return null;
    throw error;
  }
}

async function checkWorld(shop: TestShop, world: World): Promise<void> {
  const { orders, sales, khata } = shop.shop.store;
  const all = (await orders.list({ customerId: world.customer }, { skip: 0, limit: 100 })).rows;
  assert.deepEqual(all.map((of) => of.id).sort(), [...world.orders].sort());
  const sold = (await sales.list({ customerId: world.customer }, { skip: 0, limit: 100 })).rows;
  assert.deepEqual(byId(sold), byId(world.sales));

  const open = all.filter((of) => of.status !== 'cancelled');
  for (const [index, piece] of world.pieces.entries()) {
    const out = [...open, ...sold]
      .flatMap((of): { productId: string; takenQuantity: number }[] => of.lines)
      .filter((of) => of.productId === piece)
      .reduce((sum, of) => sum + of.takenQuantity, 0);
    assert.equal(out + ((await stockOf(shop, piece)) ?? -1), world.stock[index], 'every piece is somewhere');
  }

  const entries = (await khata.list({ customerId: world.customer }, { skip: 0, limit: 1000 })).rows;
  assert.equal(await balanceOf(shop, world.customer), foldBalance(entries));
  let owed = sold.reduce((sum, of) => sum + inKhata(of), 0);
  for (const one of all) {
    checkParts(one);
    const entry = one.khataEntryId === null ? null : await khata.find(one.khataEntryId);
    assert.equal(entry?.amountPaise ?? 0, inKhata(one));
    if (one.status === 'cancelled' && entry) assert.notEqual(entry.reversedBy, null);
    if (entry && entry.reversedBy === null) owed += entry.amountPaise;
  }
  assert.equal(foldBalance(entries), owed, 'the khata holds just what was bought on it');
}

function checkParts(order: Order): void {
  for (const line of order.lines) assert.equal(line.totalPaise, line.quantity * line.unitPricePaise);
  assert.equal(
    order.lines.reduce((sum, of) => sum + of.totalPaise, 0),
    order.subtotalPaise,
  );
  assert.equal(order.subtotalPaise + order.taxPaise - order.discountPaise, order.totalPaise);
  const money = order.payments.reduce((sum, of) => sum + of.amountPaise, 0) - inKhata(order);
  assert.ok(money >= 0 && money <= order.totalPaise, 'no more money than the order costs');
}

function inKhata(of: Order | Sale): number {
  return of.payments.reduce((sum, row) => sum + (row.method === 'khata' ? row.amountPaise : 0), 0);
}

function byId(sales: Sale[]): Sale[] {
  return [...sales].sort((a, b) => (a.id < b.id ? -1 : 1));
}
