// What the database lets through, told of a row at hand.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchesRow } from './matches-row.ts';
import { customerConditions } from './reads/customers.ts';
import { orderConditions } from './reads/orders.ts';
import { diamondConditions, metalConditions } from './reads/prices.ts';
import { productConditions } from './reads/products.ts';
import { saleConditions } from './reads/sales.ts';

const CUSTOMER = '65e0c0ffee0123456789abcd';
const inShop = { shopId: 'main' };

describe('a condition on a row at hand', () => {
  it('knows orders by status, customer, time and what is searched', () => {
    const row = {
      ...inShop,
      ...{ status: 'pending', paymentStatus: 'paid', customerId: CUSTOMER, createdAt: 1000 },
      searchText: 'ord-1\nasha %patil',
    };
    const holds = (filter: Parameters<typeof orderConditions>[1]): boolean =>
      matchesRow(orderConditions('main', filter), row);
    for (const filter of [
      {},
      { status: 'pending', paymentStatus: 'paid' },
      { customerId: CUSTOMER },
      { from: 1000, to: 1001 },
      { search: 'Asha %' },
      { search: 'आशा' },
    ] as const) {
      assert.ok(holds(filter), JSON.stringify(filter));
    }
    for (const filter of [
      { status: 'completed' },
      { customerId: '65e0c0ffee0123456789abce' },
      { from: 1001 },
      { to: 1000 },
      { search: 'asha.*' },
      { search: 'उषा' },
    ] as const) {
      assert.ok(!holds(filter), JSON.stringify(filter));
    }
    assert.ok(!matchesRow(orderConditions('other', {}), row));
  });

  it('knows customers by name, by their digits, and those who were removed', () => {
    const row = { ...inShop, isActive: true, searchName: 'asha', phone: '098200', phoneE164: '+9198200' };
    const holds = (filter: Parameters<typeof customerConditions>[1]): boolean =>
      matchesRow(customerConditions('main', filter), row);
    for (const search of ['ASH', 'आशा', '98200', '+91 982-00']) assert.ok(holds({ search }), search);
    for (const search of ['ravi', 'रवि', '99']) assert.ok(!holds({ search }), search);
    assert.ok(!holds({ isRemoved: true }));
    assert.ok(matchesRow(customerConditions('main', { isRemoved: true }), { ...row, isActive: false }));
  });

  it('knows pieces, sales and prices by their ranges', () => {
    const piece = {
      ...inShop,
      isActive: true,
      status: 'published',
      category: 'Ring',
      searchText: 'gold ring',
    };
    const measured = { ...piece, basePricePaise: 500, netWeightMg: 20, stockQuantity: 0 };
    assert.ok(matchesRow(productConditions('main', { minPricePaise: 500, maxStock: 0 }), measured));
    assert.ok(matchesRow(productConditions('main', { search: 'gold ri', category: 'Ring' }), measured));
    assert.ok(matchesRow(productConditions('main', { search: 'gold रिंग' }), measured));
    assert.ok(!matchesRow(productConditions('main', { maxPricePaise: 499 }), measured));
    assert.ok(!matchesRow(productConditions('main', { search: 'gold chain' }), measured));
    const sale = { ...inShop, paymentStatus: 'paid', customerId: CUSTOMER, createdAt: 5 };
    assert.ok(matchesRow(saleConditions('main', { customerId: CUSTOMER, from: 5 }), sale));
    assert.ok(!matchesRow(saleConditions('main', { paymentStatus: 'pending' }), sale));
    const rate = { ...inShop, metal: 'gold', purity: '916', held: true, day: '2026-01-15' };
    assert.ok(matchesRow(metalConditions('main', { metal: 'gold', includeHeld: true }), rate));
    assert.ok(!matchesRow(metalConditions('main', { metal: 'gold' }), rate));
    assert.ok(
      !matchesRow(metalConditions('main', { metal: 'gold', includeHeld: true, toDay: '2026-01-14' }), rate),
    );
    const stone = { ...inShop, day: '2026-01-15', cut: 'Ideal', color: 'F', clarity: 'VS1', milliCarat: 300 };
    assert.ok(matchesRow(diamondConditions('main', { cut: 'Ideal', minMilliCarat: 300 }), stone));
    assert.ok(!matchesRow(diamondConditions('main', { maxMilliCarat: 299 }), stone));
  });

  it('says so where a condition is of another kind, and never guesses', () => {
    assert.throws(() => matchesRow({ name: { $regex: 'a' } }, { name: 'a' }), /\$regex is not known/);
    assert.throws(() => matchesRow({ $expr: { $eq: ['$a', 1] } }, { a: 1 }), /\$eq is not known/);
    assert.ok(!matchesRow({ at: { $gte: 0 } }, { at: null }));
    assert.ok(!matchesRow({ at: { $gte: 0 } }, {}));
  });
});
