// Every refusal of the server has the console's own words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './page-globals.ts';
import { OWN_TASKS } from '../../server/src/domain/actor.ts';
import { ENTRY_SOURCES, ENTRY_TYPES } from '../../server/src/domain/khata.ts';
import { ORDER_PAYMENT_STATUSES, ORDER_STATUSES } from '../../server/src/domain/order.ts';
import { PAYMENT_METHODS } from '../../server/src/domain/payment.ts';
import { PERMISSIONS, ROLES } from '../../server/src/domain/permissions.ts';
import { METALS } from '../../server/src/domain/price.ts';
import { PRODUCT_STATUSES } from '../../server/src/domain/product.ts';
import { SALE_PAYMENT_STATUSES } from '../../server/src/domain/sale.ts';
import { CREDIT_RULES } from '../../server/src/domain/settings.ts';
import { ERROR_CODES } from '../../server/src/domain/shop-error.ts';
import { MODEL_BASES } from '../../server/src/domain/trained-model.ts';
import { LANGUAGES } from '../../server/src/domain/user.ts';
import { ApiError } from '../src/api/api-error.ts';
import { en } from '../src/words/errors/en.ts';

/** What the console adds: a server that was not reached, an answer that is not the server's, all else. */
const OWN = ['unreachable', 'unreadable', 'unknown'];

test('the words for refusals are those of the server, none missing and none too many', () => {
  const spoken = Object.keys(en).filter((key) => !/^(rule|field|wait)[A-Z]|^reference$/.test(key));
  assert.deepEqual(spoken.sort(), [...ERROR_CODES, ...OWN].sort());
});

test('a limit is written as the field writes its figures, money as money; a day stays one', async () => {
  const { fieldTexts } = await import('../src/api/error-text.ts');
  const fields = [
    { field: 'amount', rule: 'maximum', limit: 'at most 10000000000' },
    { field: 'weight', rule: 'maximum', limit: 'at most 100000' },
    { field: 'items.0.unit_price', rule: 'exclusiveMinimum', limit: 'more than 0' },
    { field: 'rate', rule: 'maximum', limit: 'at most 0.25' },
    { field: 'until', rule: 'maximum', limit: 'at most 2026-12-31' },
    { field: 'image', rule: 'pixels', limit: 'at most 24 million pixels' },
  ];
  assert.deepEqual(fieldTexts(new ApiError({ type: 'invalid_input', status: 400, fields })), {
    amount: 'Must be at most ₹10,00,00,00,000.',
    weight: 'Must be at most 1,00,000.',
    'items.0.unit_price': 'Must be more than ₹0.',
    rate: 'Must be at most 0.25.',
    until: 'Must be at most 2026-12-31.',
    image: 'The picture is too large: at most 24 megapixels. Make it smaller first.',
  });
});

test('a picture that cannot be read is told from a kind of file that is not taken', async () => {
  const { fieldTexts } = await import('../src/api/error-text.ts');
  const fields = [{ field: 'image', rule: 'readable', limit: 'must be a whole picture' }];
  assert.deepEqual(fieldTexts(new ApiError({ type: 'unsupported_file', status: 400, fields })), {
    image: 'This picture cannot be read: the file is damaged, or of another kind than its name says.',
  });
});

test('a shop that does not answer is told without what was typed where nothing was', async () => {
  const { errorText } = await import('../src/api/error-text.ts');
  const gone = new ApiError({ type: 'unreachable', status: 0 });
  assert.match(errorText(gone), /What you typed is still here/);
  for (const what of ['read', 'pressed'] as const) {
    assert.match(errorText(gone, what), /^The shop does not answer\./);
    assert.doesNotMatch(errorText(gone, what), /typed/);
  }
});

test('a phone that somebody has by now who stands in the way of one who was removed: it is said who, and what to do', async () => {
  const { errorText } = await import('../src/api/error-text.ts');
  const taken = { type: 'phone_taken', status: 400 };
  const data = { phone: '98', removed: 'Asha', owner: 'Meera' };
  assert.equal(errorText(new ApiError(taken)), 'Another customer has this phone number.');
  assert.match(
    errorText(new ApiError({ ...taken, data })),
    /^Asha was removed, .* in the khata of Meera first/,
  );
});

test('what the program does by itself is said in words; people keep their names, also those of an older system', async () => {
  const { actorName } = await import('../src/features/journal/actor-name.ts');
  for (const name of OWN_TASKS)
    assert.equal(actorName({ kind: 'system', id: null, name }), 'The shop’s program', name);
  assert.equal(actorName({ kind: 'system', id: null, name: 'public' }), 'Somebody not signed in');
  assert.equal(actorName({ kind: 'system', id: null, name: 'Ramesh' }), 'Ramesh');
  assert.equal(actorName({ kind: 'user', id: 'a', name: 'training' }), 'training');
});

test('a making charge stands in the journal as it is said, other things by their parts', async () => {
  const { partsText } = await import('../src/features/journal/parts-text.ts');
  assert.equal(partsText({ kind: 'percent', basis_points: 1250 }), '12.5%');
  assert.equal(partsText({ kind: 'per_gram', price_per_gram: 500 }), '₹500.00 a gram');
  assert.equal(partsText({ kind: 'fixed', paise: 99_950 }), '₹999.50');
  assert.equal(partsText({ kind: 'sale', id: '6b08f8' }), 'Sale · 6b08f8');
});

test('what is one of a list stands in the journal in words', async () => {
  const { spokenText } = await import('../src/features/journal/spoken-text.ts');
  const lists: Record<string, readonly string[]> = {
    role: ROLES,
    totp_roles: ROLES,
    permissions: PERMISSIONS,
    credit_rule: CREDIT_RULES,
    language: LANGUAGES,
    metal: METALS,
    method: PAYMENT_METHODS,
    payment_method: PAYMENT_METHODS,
    payment_status: [...ORDER_PAYMENT_STATUSES, ...SALE_PAYMENT_STATUSES],
    status: [...ORDER_STATUSES, ...PRODUCT_STATUSES],
    type: ENTRY_TYPES,
    source: ['manual', ...ENTRY_SOURCES],
    second_step: ['code', 'recovery_code'],
    basis: MODEL_BASES,
  };
  for (const [field, values] of Object.entries(lists)) {
    for (const value of values) assert.ok(spokenText(field, value), `${field}: ${value}`);
  }
  assert.equal(spokenText('role', 'admin'), 'Owner');
  assert.equal(spokenText('permissions', 'khata.post'), 'Post entries');
  // What anybody may write stays as it is.
  assert.equal(spokenText('name', 'cash'), undefined);
  assert.equal(spokenText('source', 'IBJA'), undefined);
});

test('a backup stands in the journal with its file, and with nothing while there is none', async () => {
  const { actionText } = await import('../src/features/journal/action-text.ts');
  const { journalWords } = await import('../src/features/journal/words/journal-words.ts');
  const { say } = await import('../src/words/say.ts');
  const text = (action: string, id: string, after: Record<string, unknown>) => {
    const actor = { kind: 'user', id: 'a', name: 'a' } as const;
    const entry = { seq: 1, at: '', actor, action, subject: { type: 'backup', id }, before: null, after };
    return actionText(say(journalWords), { ...entry, prev_hash: '', hash: '' });
  };
  assert.equal(
    text('backup.made', 'swati-1.tar', { file: 'swati-1.tar' }),
    'Backup made and compared: swati-1.tar',
  );
  assert.equal(text('backup.asked', 'none', { folder: '/media' }), 'Backup asked for');
});
