// Whether a row is one that a condition of ours lets through, as the database would say of its document. For rows that
// the database tells of and does not look for. It knows what our conditions are made of, and throws at anything else.

import { type Document, fromDocument, toField } from './codec.ts';

type Row = Record<string, unknown>;

export function matchesRow(condition: Document, row: object): boolean {
  return Object.entries(condition).every(([key, wanted]) => {
    if (key === '$and') return (wanted as Document[]).every((part) => matchesRow(part, row));
    if (key === '$or') return (wanted as Document[]).some((part) => matchesRow(part, row));
    if (key === '$expr') return isTrue(wanted, row as Row);
    return holds((row as Row)[toField(key)], plain(wanted));
  });
}

/** Ids as text and instants as milliseconds, as rows have them. */
function plain(value: unknown): unknown {
  return fromDocument<{ value: unknown }>({ value }).value;
}

function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  return Object.entries(wanted).every(([operator, bound]) => compares(value, operator, bound));
}

/** Values of two types are neither before nor after each other. */
function compares(value: unknown, operator: string, bound: unknown): boolean {
  const isSame = typeof value === typeof bound && value !== null && bound !== null;
  const [left, right] = [value as number, bound as number];
  switch (operator) {
    case '$gte':
      return isSame && left >= right;
    case '$gt':
      return isSame && left > right;
    case '$lte':
      return isSame && left <= right;
    case '$lt':
      return isSame && left < right;
    default:
      throw new Error(`a condition with ${operator} is not known for rows at hand`);
  }
}

/** `$and`, `$or`, and whether a field holds a text or a pattern (`contains` and `inOther` of reads/pages.ts). */
function isTrue(expression: unknown, row: Row): boolean {
  const [[operator = '', operands] = []] = Object.entries(expression as Document);
  const parts = operands as unknown[];
  if (operator === '$and') return parts.every((part) => isTrue(part, row));
  if (operator === '$or') return parts.some((part) => isTrue(part, row));
  if (operator === '$regexMatch') {
    const { input, regex } = operands as { input: string; regex: { $literal: string } };
    const text = row[toField(input.slice(1))];
    return typeof text === 'string' && new RegExp(regex.$literal).test(text);
  }
  const place = (parts?.[0] as Document | undefined)?.$indexOfBytes as [string, Document] | undefined;
  if (operator !== '$gte' || parts[1] !== 0 || !place) {
    throw new Error(`an expression with ${operator} is not known for rows at hand`);
  }
  const text = row[toField(place[0].slice(1))];
  return typeof text === 'string' && text.includes(String(place[1].$literal));
}
