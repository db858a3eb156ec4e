// Values of the wrong kind for a schema, and the schema's own judgement, by a validator of our own.

import { Ajv, type ValidateFunction } from 'ajv';
import type { Row } from './client.ts';
import type { Seeded } from './seeded.ts';

const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false, multipleOfPrecision: 6 });
const compiled = new WeakMap<object, ValidateFunction>();

/** Whether a value fits a schema, as JSON Schema has it. */
export function fits(schema: object, value: unknown): boolean {
  let validate = compiled.get(schema);
  if (!validate) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  return validate(value);
}

/** A checker for schemas of one document, whose `$ref` lead into it. */
export function documentChecker(document: Row): (pointer: string, value: unknown) => string | null {
  const inDocument = new Ajv({ strict: false, validateFormats: false, multipleOfPrecision: 6 });
  inDocument.addSchema({ $id: 'api', ...document });
  return (pointer, value) => {
    const validate = inDocument.getSchema(`api#${pointer}`) ?? inDocument.compile({ $ref: `api#${pointer}` });
    return validate(value) ? null : `${validate.errors?.[0]?.instancePath} ${validate.errors?.[0]?.message}`;
  };
}

/** An id for a field or an address of this name. */
export type IdFor = (name: string) => string;

/** A body that fits; `idFor` fills the fields where an id is due, and `name` is the field that holds the whole. */
export function makeValid(schema: Row, random: Seeded, idFor: IdFor, name = ''): unknown {
  const { enum: values, const: fixed } = schema as { enum?: unknown[]; const?: unknown };
  if (fixed !== undefined) return fixed;
  if (values) return random.pick(values);
  const types = [schema.type].flat() as string[];
  const type = types.find((one) => one !== 'null') ?? 'string';
  if (type === 'object') return makeObject(schema, random, idFor);
  if (type === 'array') {
    const length = Math.max(Number(schema.minItems ?? 0), random.whole(0, 2));
    return Array.from({ length }, () => makeValid((schema.items ?? {}) as Row, random, idFor, name));
  }
  if (type === 'boolean') return random.chance(0.5);
  if (type === 'integer' || type === 'number') return makeNumber(schema, random, type);
  return makeText(schema, random, idFor, name);
}

function makeObject(schema: Row, random: Seeded, idFor: IdFor): Row {
  const properties = (schema.properties ?? {}) as Record<string, Row>;
  const required = (schema.required ?? []) as string[];
  // A version that is not the row's own is refused before anything else is looked at.
  const given = Object.entries(properties).filter(
    ([name]) => required.includes(name) || random.chance(name === 'version' ? 0.1 : 0.7),
  );
  return Object.fromEntries(given.map(([name, one]) => [name, makeValid(one, random, idFor, name)]));
}

function makeNumber(schema: Row, random: Seeded, type: string): number {
  const step = type === 'integer' ? 1 : Number(schema.multipleOf ?? 0.01);
  const low = Number(schema.minimum ?? schema.exclusiveMinimum ?? 0);
  const high = Math.min(Number(schema.maximum ?? 1_000_000), low + 1_000_000);
  const decimals = Math.max(0, Math.round(-Math.log10(step)));
  const value = low + random.next() * (high - low);
  return Number(Math.max(value, low + step).toFixed(decimals));
}

const WORDS = [
  'Asha',
  'Ring',
  'नथ',
  'पुणे',
  'a b',
  '12',
  "O'Brien",
  '<b>',
  '%_',
  '\u202eabc',
  '😀',
  '{"$gt":""}',
];

function makeText(schema: Row, random: Seeded, idFor: IdFor, name: string): string {
  const pattern = String(schema.pattern ?? '');
  if (pattern.includes('{24}')) return idFor(name);
  if (pattern.includes('\\d{4}-\\d{2}-\\d{2}'))
    return `20${random.whole(10, 26)}-0${random.whole(1, 9)}-1${random.whole(0, 9)}`;
  const candidates = [
    ...WORDS,
    `+91 9${random.whole(100_000_000, 999_999_999)}`,
    'https://shop.example/a.png',
    'x@y.example',
    '/api/customers',
    '27ABCDE1234F1Z5',
    'swati@bank',
    '',
  ];
  const fitting = random.shuffled(candidates).find((text) => fits(schema, text));
  return fitting ?? 'x'.repeat(Number(schema.minLength ?? 1));
}

const WRONG: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  '',
  'x',
  [],
  {},
  [1],
  { $gt: 1 },
  1e308,
  2 ** 53,
  'x'.repeat(6000),
  ['a'],
  1.23456789,
  '١٢',
];

/** A body with one thing changed: a field left out, of another kind, or beyond its limit. It may still fit. */
export function spoil(body: unknown, random: Seeded): unknown {
  if (Array.isArray(body) && body.length > 0 && random.chance(0.8)) {
    const at = random.whole(0, body.length - 1);
    return body.map((item, index) => (index === at ? spoil(item, random) : item));
  }
  if (typeof body === 'object' && body !== null && !Array.isArray(body) && Object.keys(body).length > 0) {
    const name = random.pick(Object.keys(body));
    const copy: Row = { ...body };
    if (random.chance(0.25)) delete copy[name];
    else copy[name] = random.chance(0.5) ? spoil(copy[name], random) : random.pick(WRONG);
    return copy;
  }
  // The kindest mistake: the right number, as a text.
  if (typeof body === 'number' && random.chance(0.5)) return String(body);
  return random.pick(WRONG);
}
