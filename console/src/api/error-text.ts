// The server's refusals in the console's own words.

import { formatRupees } from '../format/money.ts';
import { errorWords } from '../words/errors/error-words.ts';
import { say } from '../words/say.ts';
import type { ApiError, FieldProblem } from './api-error.ts';
import { isApiError } from './api-error.ts';

type ErrorKey = keyof typeof errorWords.en;

const SECONDS_IN_WORDS_UP_TO = 90;

/** Fields whose form is better said by an example than by the rule that was broken. */
const FORMS: Record<string, ErrorKey> = {
  phone: 'fieldPhone',
  email: 'fieldEmail',
  username: 'fieldUsername',
  upi_id: 'fieldUpi',
  gstin: 'fieldGstin',
};
const FORM_RULES = ['pattern', 'format', 'digits', 'length'];

const LIMITS: Record<string, ErrorKey> = {
  minimum: 'ruleMinimum',
  exclusiveMinimum: 'ruleAbove',
  maximum: 'ruleMaximum',
  multipleOf: 'ruleDecimals',
  pixels: 'rulePixels',
  minLength: 'ruleMinLength',
  maxLength: 'ruleMaxLength',
  minItems: 'ruleMinItems',
  maxItems: 'ruleMaxItems',
};

/** Fields that are amounts of money, and the rules whose limit is one then. */
const RUPEES = /(^|[._])(amount|price)([._]|$)|(^|\.)credit_limit$/;
const SIZE_RULES = ['minimum', 'exclusiveMinimum', 'maximum'];

const RULES: Record<string, ErrorKey> = {
  required: 'ruleRequired',
  missing: 'ruleRequired',
  type: 'ruleNumber',
  enum: 'ruleEnum',
  pattern: 'rulePattern',
  format: 'rulePattern',
  length: 'rulePattern',
  digits: 'rulePattern',
  date: 'ruleDate',
  future: 'ruleFuture',
  range: 'ruleRange',
  credit_limit: 'credit_limit_exceeded',
  readable: 'ruleReadable',
};

/** What a shop that does not answer means: for what was typed, for what is read, for what was pressed. */
const UNREACHABLE = { typed: 'unreachable', read: 'waitForLine', pressed: 'waitAndRetry' } as const;

/** One sentence or two: what happened, and how long to wait. */
export function errorText(error: unknown, what: keyof typeof UNREACHABLE = 'typed'): string {
  const words = say(errorWords);
  if (!isApiError(error)) return words('unknown');
  if (error.type === 'unreachable') return words(UNREACHABLE[what]);
  const key = error.type in errorWords.en ? (error.type as ErrorKey) : 'unknown';
  const { removed, owner } = error.data;
  const text =
    key === 'phone_taken' && typeof removed === 'string'
      ? words('rulePhoneOfRemoved', { name: removed, owner: String(owner) })
      : words(key as 'unknown');
  return error.retryAfterSeconds === undefined ? text : `${text} ${waitText(error)}`;
}

function waitText(error: ApiError): string {
  const words = say(errorWords);
  const seconds = error.retryAfterSeconds ?? 0;
  return seconds <= SECONDS_IN_WORDS_UP_TO
    ? words('waitSeconds', { count: seconds })
    : words('waitMinutes', { count: Math.ceil(seconds / 60) });
}

function fieldText({ field, rule, limit }: FieldProblem): string {
  const words = say(errorWords);
  if (rule === 'code') return words('fieldCode');
  const form = FORMS[field];
  if (form !== undefined && FORM_RULES.includes(rule)) return words(form as 'fieldPhone');
  const number = limitIn(limit);
  if (rule === 'stock')
    return number === 0 ? words('ruleSoldOut') : words('ruleInStock', { count: Number(number) });
  const limited = LIMITS[rule];
  if (limited !== undefined) {
    const isRupees = typeof number === 'number' && RUPEES.test(field) && SIZE_RULES.includes(rule);
    const limit = isRupees ? formatRupees(number, { paise: !Number.isInteger(number) }) : number;
    if (limit !== undefined) return words(limited as 'ruleMinimum', { limit });
    return words(rule === 'minimum' ? 'ruleNegative' : 'ruleOther');
  }
  return words((RULES[rule] ?? 'ruleOther') as 'ruleOther');
}

/** A day stays as it is; a number is grouped where it is said, as in the field itself. */
function limitIn(text: string): string | number | undefined {
  const found = /\d{4}-\d\d-\d\d|-?[\d,]+(\.\d+)?/.exec(text)?.[0];
  if (found === undefined || /^\d{4}-/.test(found)) return found;
  return Number(found.replaceAll(',', ''));
}

/** Texts by field, for a form. */
export function fieldTexts(error: unknown): Record<string, string> {
  if (!isApiError(error)) return {};
  return Object.fromEntries(error.fields.map((problem) => [problem.field, fieldText(problem)]));
}
