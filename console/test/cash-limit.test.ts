// What is said of cash that is about to be taken: when, and what it names.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import './page-globals.ts';
import type { CashAsked } from '../src/features/customers/cash-limit.ts';
import { en } from '../src/features/customers/words/en.ts';
import { hi } from '../src/features/customers/words/hi.ts';
import { mr } from '../src/features/customers/words/mr.ts';

const { cashWarnings, isCash } = await import('../src/features/customers/cash-limit.ts');
const { customerWords } = await import('../src/features/customers/words/customer-words.ts');
const { sayIn } = await import('../src/words/say.ts');

const LANGUAGES = { en, hi, mr };
const KEYS = ['cashAlone', 'cashToday', 'cashOfBill'] as const;
type Amounts = Pick<CashAsked, 'taken' | 'today' | 'ofBill'>;

async function warned({ taken, today, ofBill }: Amounts, language: 'en' | 'hi' | 'mr' = 'en') {
  return cashWarnings(await sayIn(customerWords, language), { taken, today, ofBill, limit: 200_000 });
}

/** Which of the texts are said. */
async function said(amounts: Amounts): Promise<string[]> {
  const begins = Object.entries({ cashAlone: /^The law/, cashToday: /cash today/, cashOfBill: /this order/ });
  return (await warned(amounts)).map((line) => begins.find(([, text]) => text.test(line))?.[0] ?? line);
}

test('two lakh in cash are too much in a day and for one bill, a paisa less is not', async () => {
  const cases: [taken: number, today: number, ofBill: number, expected: string[]][] = [
    [199_999.99, 0, 0, []],
    [200_000, 0, 0, ['cashAlone']],
    [50_000, 149_999.99, 0, []],
    [50_000.01, 149_999.99, 0, ['cashToday']],
    [0.1, 199_999.9, 0, ['cashToday']],
    [50_000, 0, 149_999.99, []],
    [50_000, 0, 150_000, ['cashOfBill']],
    [50_000, 150_000, 20_000, ['cashToday']],
    [50_000, 20_000, 150_000, ['cashOfBill']],
    [50_000, 160_000, 150_000, ['cashToday', 'cashOfBill']],
    [250_000, 0, 10, ['cashOfBill']],
    [1, 900_000, 0, ['cashToday']],
    // Nothing is taken: what came in before is no matter of this payment.
    [0, 900_000, 900_000, []],
    [-5, 900_000, 900_000, []],
  ];
  for (const [taken, today, ofBill, expected] of cases) {
    const amounts = { taken, today, ofBill };
    assert.deepEqual(await said(amounts), expected, JSON.stringify(amounts));
  }
});

test('what came in before, what it makes and the limit are named in every language, with the law of today', async () => {
  for (const language of ['en', 'hi', 'mr'] as const) {
    for (const key of KEYS)
      assert.match(LANGUAGES[language][key], /2025.*186|186.*2025/, `${language} ${key}`);
    const [day = '', bill = ''] = await warned(
      { taken: 60_000.5, today: 1_50_000, ofBill: 1_40_000 },
      language,
    );
    for (const amount of ['₹1,50,000.00', '₹2,10,000.50', '₹2,00,000 ']) assert.ok(day.includes(amount), day);
    for (const amount of ['₹1,40,000.00', '₹2,00,000.50', '₹2,00,000 '])
      assert.ok(bill.includes(amount), bill);
    const [alone = ''] = await warned({ taken: 300_000, today: 0, ofBill: 0 }, language);
    assert.ok(alone.includes('₹2,00,000 '), alone);
  }
});

test('older orders write the method as they like', () => {
  assert.deepEqual(['cash', ' Cash ', 'upi', '', null].map(isCash), [true, true, false, false, false]);
});
