// Turns a request body that breaks its schema into a refusal that names each field and what is allowed.
// No coercion anywhere: null, booleans and texts never become numbers (but for the fields that say so).

import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import { toSmallestUnit } from '../domain/money.ts';
import { type FieldProblem, ShopError } from '../domain/shop-error.ts';

/** A text of the contract for one problem of one field; the first that applies becomes the error's message. */
export interface MessageRule {
  field: string;
  /** Absent: any rule. */
  rule?: string;
  text: string | ((problems: readonly FieldProblem[]) => string);
}

const NUMERIC_TEXT = /^\d+(\.\d+)?$/;
const MAX_PROBLEMS = 20;

const ajv = new Ajv({
  allErrors: true,
  verbose: true,
  strict: false,
  coerceTypes: false,
  useDefaults: true,
  validateFormats: false,
  // That each schema is one is what the tests check. To ask at every start, Ajv would first compile the schema of all
  // schemas: an eighth of a start's processor time.
  meta: false,
  validateSchema: false,
});
// Our own multipleOf for decimal steps: a value within a millionth of a whole step is float noise, but not one that
// would be rounded to the 0 that its field excludes.
ajv.removeKeyword('multipleOf');
ajv.addKeyword({
  keyword: 'multipleOf',
  type: 'number',
  schemaType: 'number',
  validate: (step: number, value: number, field?: AnySchemaObject) => {
    if (step >= 1) return value % step === 0;
    const units = toSmallestUnit(value, Math.round(-Math.log10(step)));
    return units !== null && (units !== 0 || value === 0 || field?.exclusiveMinimum !== 0);
  },
});

interface BodySchema {
  type?: unknown;
  properties?: Record<string, { type?: unknown; pattern?: string; maxItems?: number }>;
}

/** A check of one body schema; it throws `invalid_input` and may turn numeric texts into numbers. */
export function bodyChecker(schema: object, messages: readonly MessageRule[] = []): (body: unknown) => void {
  // Compiled at first use: at start it would take longer than everything else together.
  let compiled: ValidateFunction | undefined;
  const limits = Object.entries((schema as BodySchema).properties ?? {}).flatMap(
    ([name, { maxItems }]): [string, number][] => (maxItems === undefined ? [] : [[name, maxItems]]),
  );
  const numericFields = Object.entries((schema as BodySchema).properties ?? {})
    .filter(
      ([, field]) =>
        Array.isArray(field.type) && field.type.includes('number') && field.type.includes('string'),
    )
    .map(([name]) => name);
  return (body) => {
    if (typeof body === 'object' && body !== null) {
      readNumericTexts(body as Record<string, unknown>, numericFields);
      cutEndless(body as Record<string, unknown>, limits);
    }
    compiled ??= ajv.compile(schema);
    const validate = compiled;
    if (validate(body)) return;
    throw inputError(problemsOf(validate, numericFields), messages);
  };
}

/** `invalid_input` for these problems; the first message rule that fits gives the wire text. */
export function inputError(problems: FieldProblem[], messages: readonly MessageRule[]): ShopError {
  const fits = (rule: MessageRule): boolean =>
    problems.some((p) => p.field === rule.field && (rule.rule === undefined || rule.rule === p.rule));
  const text = messages.find(fits)?.text;
  return new ShopError({
    code: 'invalid_input',
    ...(text === undefined ? {} : { message: typeof text === 'function' ? text(problems) : text }),
    details: Object.fromEntries(problems.map((problem) => [problem.field, problem.limit])),
    fields: problems,
  });
}

function readNumericTexts(body: Record<string, unknown>, fields: readonly string[]): void {
  for (const field of fields) {
    const value = body[field];
    if (typeof value === 'string' && value.length <= 40 && NUMERIC_TEXT.test(value))
      body[field] = Number(value);
  }
}

/** A list that is too long is refused anyway: to look at all of its items, wrong ones, would stop the shop for a second. */
function cutEndless(body: Record<string, unknown>, limits: readonly [name: string, most: number][]): void {
  for (const [name, most] of limits) {
    const list = body[name];
    if (Array.isArray(list) && list.length > most) list.length = most + 1;
  }
}

function problemsOf(validate: ValidateFunction, numericFields: readonly string[]): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const error of validate.errors ?? []) {
    const problem = toProblem(error);
    if (numericFields.includes(problem.field) && problem.rule === 'pattern') {
      problem.rule = 'type';
      problem.limit = 'must be a number';
    }
    // The first problem of a field is the one to mend.
    if (!problems.has(problem.field)) problems.set(problem.field, problem);
    if (problems.size === MAX_PROBLEMS) break;
  }
  return [...problems.values()];
}

function toProblem(error: ErrorObject): FieldProblem {
  const path = error.instancePath.slice(1).replaceAll('/', '.');
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'required') {
    const name = String(params.missingProperty);
    return { field: path === '' ? name : `${path}.${name}`, rule: 'required', limit: 'must be given' };
  }
  return { field: path === '' ? 'body' : path, rule: ruleName(error), limit: limitText(error, params) };
}

function ruleName(error: ErrorObject): string {
  // An empty text or null where a value is needed is a missing value to the person who sent it.
  const parent = error.parentSchema as { minLength?: number } | undefined;
  const isEmpty = error.data === '' || error.data === null;
  if (isEmpty && (parent?.minLength ?? 0) > 0) return 'required';
  if (error.keyword === 'type' && error.data === null) return 'required';
  return error.keyword;
}

function limitText(error: ErrorObject, params: Record<string, unknown>): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${typeWords(params.type)}`;
    case 'enum':
      return `must be one of: ${allowedTexts(params.allowedValues as unknown[]).join(', ')}`;
    case 'minimum':
      return params.limit === 0 ? 'must not be negative' : `must be at least ${params.limit}`;
    case 'exclusiveMinimum':
      return params.limit === 0 ? 'must be greater than 0' : `must be more than ${params.limit}`;
    case 'maximum':
      return `must be at most ${params.limit}`;
    case 'multipleOf':
      return decimalsText(error);
    case 'minLength':
      return error.data === '' ? 'must be given' : `must have at least ${params.limit} characters`;
    case 'maxLength':
      return `must have at most ${params.limit} characters`;
    case 'minItems':
      return `must have at least ${params.limit}`;
    case 'maxItems':
      return `must have at most ${params.limit}`;
    case 'pattern':
      return patternText(error);
    default:
      return `is not allowed (${error.keyword})`;
  }
}

/** Each once, where a value may come as text or number. */
function allowedTexts(values: unknown[]): string[] {
  return [...new Set(values.filter((value) => value !== null).map(String))];
}

function decimalsText(error: ErrorObject): string {
  const step = Number(error.schema);
  return step < 1
    ? `must have at most ${Math.round(-Math.log10(step))} decimals`
    : `must be a multiple of ${step}`;
}

function patternText(error: ErrorObject): string {
  const described = (error.parentSchema as { description?: string } | undefined)?.description;
  if (error.schema === '\\S') return 'must not be blank';
  if (String(error.schema).includes('{24}')) return 'must be an id of 24 hexadecimal digits';
  if (String(error.schema).includes('\\d{4}-\\d{2}-\\d{2}')) return 'must be a day, YYYY-MM-DD';
  return described ?? `must match ${String(error.schema)}`;
}

const TYPE_WORDS: Record<string, string> = {
  number: 'a number',
  integer: 'a whole number',
  string: 'a text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
};

function typeWords(type: unknown): string {
  const types = (Array.isArray(type) ? type : [type]).map((name) => TYPE_WORDS[String(name)] ?? String(name));
  return types.join(' or ');
}
