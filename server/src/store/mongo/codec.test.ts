import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ObjectId } from 'mongodb';
import { fromDocument, toDocument, toId, wellFormed } from './codec.ts';

const ID = '65f0c0ffee0000000000abcd';

describe('rows and documents', () => {
  it('a row comes back as it was', () => {
    const row = {
      id: ID,
      shopId: 'main',
      customerId: ID,
      phoneE164: '+919820098200',
      lower80Paise: 12,
      createdAt: 1_768_473_000_123,
      lastLogin: null,
      isActive: true,
      balancePaise: 100_000_000_000_000,
      lines: [{ productId: ID, quantity: 2 }],
      payments: [{ at: 5, method: null }],
      making: { kind: 'percent', basisPoints: 1500 },
      savedViews: [{ screen: 'orders', query: 'a=1' }],
    };
    assert.deepEqual(fromDocument(toDocument(row)), row);
  });

  it('ids become ObjectIds, instants dates, names snake_case', () => {
    const document = toDocument({ id: ID, reverses: null, userId: ID, createdAt: 0, at: 1, actorId: ID });
    assert.deepEqual(Object.keys(document), ['_id', 'reverses', 'user_id', 'created_at', 'at', 'actor_id']);
    assert.ok(document._id instanceof ObjectId && document.user_id instanceof ObjectId);
    assert.ok(document.created_at instanceof Date && document.at instanceof Date);
    assert.equal(document.actor_id, ID, 'the journal names accounts as texts');
  });

  it('a text that is no id stays text, which no document has as its id', () => {
    assert.ok(toId(ID) instanceof ObjectId);
    for (const text of ['', 'main', ID.toUpperCase(), `${ID}0`]) assert.equal(toId(text), text);
  });

  it('half a surrogate pair becomes what the database would make of it, at any depth', () => {
    const numbers = Float64Array.of(1, 2);
    const cleaned = wellFormed({ a: ['x\ud800'], b: { c: 'ok' }, n: null, numbers });
    assert.deepEqual(cleaned, { a: ['x\ufffd'], b: { c: 'ok' }, n: null, numbers });
    assert.equal(cleaned.numbers, numbers);
  });
});
