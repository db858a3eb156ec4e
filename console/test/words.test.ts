// Hindi and Marathi are whole: the same keys, the same places, nothing left in English; and no text stands in code.

import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { JournalEntry } from '../../server/src/domain/journal.ts';
import './page-globals.ts';
import { DEFAULT_SETTINGS } from '../../server/src/domain/settings.ts';
import { toJournalWire } from '../../server/src/features/journal/journal-wire.ts';
import { EVERY_CUSTOMER_FIELD, EVERY_PRODUCT_FIELD } from '../../server/src/store/contract-suite/builders.ts';
import { latinDigits } from '../src/format/figure.ts';

const { inDevanagari } = await import('../src/format/text-digits.ts');

const SOURCES = fileURLToPath(new URL('../src/', import.meta.url));
const OTHERS = ['hi', 'mr'] as const;

/** Texts that are rightly the same in every language. */
const SAME_EVERYWHERE = new Set(['UPI', 'GST', 'GSTIN', 'HSN', 'HUID', 'CSV', 'SKU', '22K 916', 'A4', 'A5']);

type Words = Record<string, string | Record<string, string>>;

async function wordsOf(folder: string, language: string): Promise<Words> {
  const file = pathToFileURL(join(SOURCES, folder, `${language}.ts`)).href;
  const loaded = (await import(file)) as Record<string, Words>;
  const words = loaded[language];
  assert.ok(words, `${folder}/${language}.ts exports ${language}`);
  return words;
}

const folders = globSync('**/en.ts', { cwd: SOURCES }).map((path) => path.slice(0, -'/en.ts'.length));

function placesOf(text: string | Record<string, string>): string[] {
  const texts = typeof text === 'string' ? [text] : Object.values(text);
  return [
    ...new Set(texts.flatMap((each) => [...each.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ''))),
  ].sort();
}

describe('words', () => {
  test('there are some', () => assert.ok(folders.length >= 5, String(folders)));

  for (const folder of folders) {
    for (const language of OTHERS) {
      test(`${folder}: ${language} is whole`, async () => {
        const [english, other] = await Promise.all([wordsOf(folder, 'en'), wordsOf(folder, language)]);
        assert.deepEqual(Object.keys(other).sort(), Object.keys(english).sort());
        for (const [key, text] of Object.entries(english)) {
          const theirs = other[key] ?? '';
          assert.deepEqual(placesOf(theirs), placesOf(text), `${folder} ${key}: the same places`);
          if (typeof text === 'string') {
            const isSame = theirs === text && !SAME_EVERYWHERE.has(text);
            assert.ok(!isSame, `${folder} ${key}: still English in ${language}: ${text}`);
          } else {
            const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.sort();
            assert.deepEqual(
              Object.keys(theirs).sort(),
              forms,
              `${folder} ${key}: the plural forms of ${language}`,
            );
          }
        }
      });
    }
  }
});

describe('a word means one thing', () => {
  const all = ['en', ...OTHERS];

  test('the account that signs in is no khata', async () => {
    for (const folder of folders) {
      const english = await wordsOf(folder, 'en');
      for (const language of OTHERS) {
        const other = await wordsOf(folder, language);
        const mixed = Object.keys(english).filter(
          (key) => /\baccounts?\b/i.test(String(english[key])) && /खात/.test(String(other[key])),
        );
        assert.deepEqual(mixed, [], `${folder} ${language}`);
      }
    }
  });

  test('Today and Analytics name the same figures alike, and a sale its own apart', async () => {
    for (const language of all) {
      const [today, analytics, sale, customers] = await Promise.all(
        ['today', 'analytics', 'sale', 'customers'].map((name) =>
          wordsOf(`features/${name}/words`, language),
        ),
      );
      for (const key of ['booked', 'billed', 'collected']) assert.equal(analytics?.[key], today?.[key], key);
      assert.ok(!String(sale?.stones).startsWith(String(sale?.quantity)), `${language}: stones, quantity`);
      assert.notEqual(sale?.toPay, customers?.youOwe);
      assert.notEqual(sale?.estimateTotal, sale?.billTotal);
    }
  });
});

test('the journal has words for everything that a store records', async () => {
  const server = fileURLToPath(new URL('../../server/src/store/', import.meta.url));
  const stores = globSync('{sqlite,mongo}/**/*.ts', { cwd: server }).filter(
    (path) => !path.endsWith('test.ts'),
  );
  const actions = stores.flatMap((path) =>
    [...readFileSync(join(server, path), 'utf8').matchAll(/record\(\s*'(\w+\.\w+)'/g)].map(
      (match) => match[1] ?? '',
    ),
  );
  assert.ok(actions.length > 20, String(actions.length));
  const words = await wordsOf('features/journal/words', 'en');
  assert.deepEqual(
    [...new Set(actions)].filter((action) => !(action in words)),
    [],
  );
});

test('the journal has words for each field of a customer, a piece and the settings', async () => {
  const after = { ...EVERY_CUSTOMER_FIELD, ...EVERY_PRODUCT_FIELD, ...DEFAULT_SETTINGS };
  const entry = { at: 0, actor: {}, before: null, after } as unknown as JournalEntry;
  const words = await wordsOf('features/journal/field-words', 'en');
  assert.deepEqual(
    Object.keys(toJournalWire(entry).after ?? {}).filter((field) => !(field in words)),
    [],
  );
});

test('digits of Devanagari stand in every fixed text, but in marks and codes, and in its places', async () => {
  const kept = new Set<string>();
  for (const folder of folders) {
    const words = Object.values(await wordsOf(folder, 'mr'));
    for (const text of words.flatMap((each) => (typeof each === 'string' ? [each] : Object.values(each)))) {
      const said = inDevanagari(text);
      assert.deepEqual(placesOf(said), placesOf(text));
      assert.equal(latinDigits(said), latinDigits(text));
      const runs = said.replace(/\{\w+\}/g, '').match(/\w(?:[\w. ]*\w)?/g) ?? [];
      for (const run of runs.filter((each) => /\d/.test(each))) kept.add(run);
    }
  }
  const marks = ['1.00 Ideal G VS2', '22K', '22K 916', '27ABCDE1234F1Z5', 'A4', 'A5'];
  assert.deepEqual([...kept].sort(), marks);
  assert.equal(inDevanagari('90 दिवसांवर {amount}, 10 ते 15; {in95}'), '९० दिवसांवर {amount}, १० ते १५; {in95}');
});

describe('code', () => {
  const screens = globSync('**/*.tsx', { cwd: SOURCES });

  test('holds no text that a person reads', () => {
    const found = screens.flatMap((path) => {
      const source = readFileSync(join(SOURCES, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
      const inElements = [
        ...source.matchAll(/<\/?[A-Za-z][^<>{}]*>\s*([^<>{}=;()]*\p{L}{2,}[^<>{}=;()]*)<\//gu),
      ];
      const inNames = [
        ...source.matchAll(
          /\b(?:label|title|placeholder|aria-label|description|alt)="([^"]*\p{L}{2,}[^"]*)"/gu,
        ),
      ];
      return [...inElements, ...inNames].map((match) => `${path}: ${match[1]?.trim()}`);
    });
    assert.deepEqual(found, []);
  });
});
