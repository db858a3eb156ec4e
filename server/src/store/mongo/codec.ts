// Rows as the program holds them (camelCase, ids as hex, instants in milliseconds) and documents as MongoDB holds them
// (snake_case, ObjectId, Date). Every document and every filter is made here, so that no id is ever compared as text:
// `{_id: "65f…"}` finds nothing where ids are ObjectIds.

// The driver's own class: the package bson by itself is another copy of it, whose objects are no instances of this one.
import { ObjectId } from 'mongodb';

export type Document = Record<string, unknown>;

const ID = /^[0-9a-f]{24}$/;

/** Fields that hold the id of a row of ours. Anything else that looks like one stays text. */
const ID_FIELDS: ReadonlySet<string> = new Set([
  'id',
  'customerId',
  'productId',
  'userId',
  'sessionId',
  'khataEntryId',
  'reverses',
  'sourceId',
  'fileId',
]);

/** The id as stored; a text that is no id stays text, and so finds nothing. */
export function toId(text: string): ObjectId | string {
  return ID.test(text) ? new ObjectId(text) : text;
}

export function newRowId(): string {
  return new ObjectId().toHexString();
}

function isInstant(field: string): boolean {
  return field === 'at' || field === 'lastLogin' || field === 'leaseUntil' || field.endsWith('At');
}

export function toDocument(row: object): Document {
  const document: Document = {};
  for (const [field, value] of Object.entries(row)) {
    if (value !== undefined) document[toKey(field)] = toStored(field, value);
  }
  return document;
}

function toStored(field: string, value: unknown): unknown {
  if (typeof value === 'number') return isInstant(field) ? new Date(value) : value;
  if (typeof value === 'string') return ID_FIELDS.has(field) ? toId(value) : value;
  if (Array.isArray(value)) return value.map((item) => toStored('', item));
  return typeof value === 'object' && value !== null ? toDocument(value) : value;
}

export function fromDocument<T>(document: Document): T {
  const row: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(document)) row[toField(key)] = fromStored(value);
  return row as T;
}

function fromStored(value: unknown): unknown {
  if (value instanceof ObjectId) return value.toHexString();
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(fromStored);
  return typeof value === 'object' && value !== null ? fromDocument(value as Document) : value;
}

const keys = new Map<string, string>([['id', '_id']]);
const fields = new Map<string, string>([['_id', 'id']]);

/** `createdAt` -> `created_at`; the names are few, so each is made once. */
function toKey(field: string): string {
  let key = keys.get(field);
  if (key === undefined) {
    key = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    keys.set(field, key);
  }
  return key;
}

/** `created_at` -> `createdAt`. */
export function toField(key: string): string {
  let field = fields.get(key);
  if (field === undefined) {
    field = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    fields.set(key, field);
  }
  return field;
}

/** The value with every text as the database will hold it: half a surrogate pair is no character. */
export function wellFormed<T>(value: T): T {
  if (typeof value === 'string') return value.toWellFormed() as T;
  if (Array.isArray(value)) return value.map(wellFormed) as T;
  // A column of numbers stays what it is.
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, wellFormed(part)])) as T;
}
