// The words in which the collections are described: shapes of fields, validators and indexes.

import type { CollectionName } from '../rows.ts';

export interface IndexSpec {
  name: string;
  key: Record<string, 1 | -1>;
  unique?: boolean;
  partialFilterExpression?: Record<string, unknown>;
}

export interface CollectionSpec {
  name: CollectionName;
  validator: { $jsonSchema: Record<string, unknown> };
  indexes: readonly IndexSpec[];
}

type Property = Record<string, unknown>;

export const TEXT: Property = { bsonType: 'string' };
export const BOOL: Property = { bsonType: 'bool' };
export const TIME: Property = { bsonType: 'date' };
export const ID: Property = { bsonType: 'objectId' };
/** Whole numbers; beyond 2^31 they are stored as doubles, which hold them exactly up to 2^53. */
export const WHOLE: Property = { bsonType: ['int', 'long', 'double'], multipleOf: 1 };
export const NOT_NEGATIVE: Property = { ...WHOLE, minimum: 0 };
export const POSITIVE: Property = { ...WHOLE, minimum: 1 };
export const NUMBER: Property = { bsonType: 'number' };
export const OBJECT: Property = { bsonType: 'object' };
export const listOf = (items: Property): Property => ({ bsonType: 'array', items });
export const oneOf = (...values: string[]): Property => ({ enum: values });
export const orNull = (property: Property): Property => ({ anyOf: [property, { bsonType: 'null' }] });
const optional = new WeakSet<Property>();

export function collection(
  name: CollectionSpec['name'],
  fields: Record<string, Property>,
  indexes: readonly IndexSpec[],
): CollectionSpec {
  const properties = { shop_id: TEXT, ...fields };
  const required = Object.entries(properties)
    .filter(([, property]) => !optional.has(property))
    .map(([key]) => key);
  return { name, validator: { $jsonSchema: { bsonType: 'object', required, properties } }, indexes };
}

/** `shop_id` and then these, in this order. `-created_at` is descending. */
export function index(name: string, keys: string, more: Partial<IndexSpec> = {}): IndexSpec {
  const key: IndexSpec['key'] = { shop_id: 1 };
  for (const word of keys.split(' ')) {
    if (word.startsWith('-')) key[word.slice(1)] = -1;
    else key[word] = 1;
  }
  return { name, key, ...more };
}
export const UNIQUE = { unique: true } as const;

/** A field that may be left out, as each that is newer than the collection: older documents stay as they are. */
export function maybe(property: Property): Property {
  const copy = { ...property };
  optional.add(copy);
  return copy;
}
