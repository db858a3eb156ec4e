// What the program itself wrote into the khata is read in the reader's language; what people wrote, as they wrote it.

import './page-globals.ts';
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { OF_A_SALE, OPENING_BALANCE, ofCancelled, ofOrder } from '../../server/src/domain/khata-texts.ts';
import { everydayWords } from '../src/words/everywhere/everyday-words.ts';

const { entryTitle, programsText } = await import('../src/features/customers/entry-title.ts');
const { customerWords } = await import('../src/features/customers/words/customer-words.ts');

const NUMBER = 'ORD-20260115-7K2Q';
const BY_HAND = { description: null, source: null, reference_number: null, reverses: null };
const ID = '65e0c0ffee0123456789abcd';

describe('what stands in an entry of the khata', () => {
  before(() => Promise.all(['hi', 'mr'].map((each) => customerWords.load(each as 'hi'))));

  test('of the program itself is said in each language', () => {
    const entries = [
      { description: ofOrder(NUMBER), source: { kind: 'order', id: ID }, reference_number: NUMBER },
      { description: OF_A_SALE, source: { kind: 'sale', id: ID } },
      { description: OPENING_BALANCE, source: { kind: 'opening', id: ID } },
      { description: ofCancelled(NUMBER), reference_number: NUMBER, reverses: ID },
    ] as const;
    const spoken = (language: 'en' | 'hi' | 'mr') =>
      entries.map((entry) => programsText({ ...BY_HAND, ...entry }, language));
    // In English as it is stored: the two do not drift apart.
    assert.deepEqual(
      spoken('en'),
      entries.map(({ description }) => description),
    );
    assert.deepEqual(spoken('hi'), [`ऑर्डर ${NUMBER}`, 'बिक्री', 'शुरुआती बकाया', `ऑर्डर ${NUMBER} रद्द`]);
    assert.deepEqual(spoken('mr'), [`ऑर्डर ${NUMBER}`, 'विक्री', 'सुरुवातीची बाकी', `ऑर्डर ${NUMBER} रद्द`]);
    const taken = { ...BY_HAND, ...entries[3], transaction_type: 'credit', payment_method: null } as const;
    assert.equal(entryTitle(taken, 'hi'), `उलटी एंट्री: ऑर्डर ${NUMBER} रद्द`);
  });

  test('of people stays, also where it resembles the program’s', () => {
    const typed = [
      { description: ofOrder(NUMBER) },
      { description: ofOrder(NUMBER), reference_number: NUMBER },
      { description: OPENING_BALANCE },
      { description: OF_A_SALE },
      { description: ofCancelled(NUMBER), reference_number: NUMBER },
      { description: ofCancelled(NUMBER), reverses: ID },
      { description: ofCancelled('ORD-20260115-AAAA'), reference_number: NUMBER, reverses: ID },
      { description: `${ofCancelled(NUMBER)} by Asha`, reference_number: NUMBER, reverses: ID },
      { description: ofCancelled(NUMBER).toLowerCase(), reference_number: NUMBER, reverses: ID },
      { description: ofCancelled(''), reference_number: '', reverses: ID },
      { description: 'wrong amount', source: { kind: 'opening', id: ID }, reverses: ID },
    ] as const;
    for (const each of typed) {
      const entry = { ...BY_HAND, transaction_type: 'debit', payment_method: null, ...each } as const;
      assert.equal(programsText(entry, 'hi'), null, each.description);
      assert.ok(entryTitle(entry, 'hi').endsWith(each.description), entryTitle(entry, 'hi'));
    }
  });

  test('nobody wrote is its method, in words', () => {
    const entry = { ...BY_HAND, transaction_type: 'credit', payment_method: 'upi' } as const;
    assert.equal(entryTitle(entry), everydayWords.en.upi);
  });
});
