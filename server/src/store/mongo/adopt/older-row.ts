// A document of the older backend, read field by field. Its values were typed by hand and by an older program, so each
// is looked at; the first that our rules do not allow says why the row cannot be taken.

import { Decimal128, ObjectId } from 'mongodb';
import { divideExactly, MAX_PAISE, toSmallestUnit } from '../../../domain/money.ts';

/** Why a row cannot be taken: the field, its value, and what is allowed. */
export class Unfit extends Error {
  override name = 'Unfit';
}

const WORST_SHOWN = 40;
const TYPED_NUMBER = /^-?\d+(\.\d+)?$/;
/** With the zone, or without: then it is UTC, as all that the older program wrote. */
const TYPED_TIME = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?))?(Z|[+-]\d\d:\d\d)?$/;
const LAST_INSTANT = Date.UTC(9999, 11, 31);

/** `1000.305` in hundredths is 100031: the nearest whole, half away from zero, of the number as it is written. */
export function toUnits(value: number, decimals: number): { units: number; exact: boolean } {
  const near = toSmallestUnit(value, decimals);
  if (near !== null) return { units: near, exact: true };
  const [mantissa = '0', exponent = '0'] = String(Math.abs(value)).split('e');
  const [whole = '0', fraction = ''] = mantissa.split('.');
  const scale = fraction.length - Number(exponent) - decimals;
  const digits = BigInt(whole + fraction) * (value < 0 ? -1n : 1n);
  const units = scale > 0 ? divideExactly(digits, 10n ** BigInt(scale)) : digits * 10n ** BigInt(-scale);
  return { units: Number(units), exact: false };
}

export class OlderRow {
  readonly #fields: Record<string, unknown>;
  /** How many numbers had to be rounded. */
  rounded = 0;
  /** How many lines were charged otherwise than quantity times price. */
  mended = 0;
  /** How many numbers and times were written as text. */
  typed = 0;

  constructor(fields: Record<string, unknown>) {
    this.#fields = fields;
  }

  get id(): string {
    return this.reference('_id');
  }

  /** The id as far as it can be told, for reports. */
  get label(): string {
    return String(this.#fields._id);
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined && this.#fields[name] !== null;
  }

  /** An id, plain or as a reference of the older library. */
  reference(name: string): string {
    const value = this.#fields[name];
    const id = (value as { oid?: unknown } | undefined)?.oid ?? value;
    if (id instanceof ObjectId) return id.toHexString();
    throw this.#unfit(name, 'must be an id');
  }

  text(name: string, longest: number, fallback?: string): string {
    const given = this.#given(name, fallback);
    // A phone or a purity may have been typed without quotes.
    const value = Number.isSafeInteger(given) ? String(given) : given;
    if (typeof value !== 'string' || value.length > longest) {
      throw this.#unfit(name, `must be a text of at most ${longest} characters`);
    }
    return value.toWellFormed();
  }

  textOrNull(name: string, longest: number): string | null {
    return this.has(name) ? this.text(name, longest) : null;
  }

  oneOf<const T extends string>(name: string, values: readonly T[], fallback?: T): T {
    const value = this.#given(name, fallback);
    const found = values.find((one) => one === value || (typeof value === 'number' && one === String(value)));
    if (found === undefined) throw this.#unfit(name, `must be one of ${values.join(', ')}`);
    return found;
  }

  flag(name: string, fallback: boolean): boolean {
    const value = this.#given(name, fallback);
    if (typeof value !== 'boolean') throw this.#unfit(name, 'must be true or false');
    return value;
  }

  /** Rupees as paise. */
  rupees(name: string, least: number, fallback?: number): number {
    return this.#units(name, 2, least, fallback);
  }

  /** What is said to be owed, either way; null where that is no amount: it is compared, and taken from nowhere. */
  balance(name: string): number | null {
    try {
      return this.rupees(name, -MAX_PAISE, 0);
    } catch (error) {
      if (error instanceof Unfit) return null;
      throw error;
    }
  }

  /** Grams as milligrams, carats as thousandths. */
  thousandths(name: string, least: number): number {
    return this.#units(name, 3, least);
  }

  count(name: string, least: number, fallback?: number): number {
    const value = this.#number(name, fallback);
    if (!Number.isSafeInteger(value) || (value as number) < least) {
      throw this.#unfit(name, `must be a whole number of at least ${least}`);
    }
    return value as number;
  }

  instant(name: string, fallback?: number): number {
    const at = this.#time(name, fallback);
    if (typeof at !== 'number' || !(at >= 0 && at <= LAST_INSTANT)) {
      throw this.#unfit(name, 'must be a date from 1970 on');
    }
    return Math.trunc(at);
  }

  instantOrNull(name: string): number | null {
    return this.has(name) ? this.instant(name) : null;
  }

  /** When it was made: where that is not written, its id knows. */
  get createdAt(): number {
    return this.instant('created_at', new ObjectId(this.id).getTimestamp().getTime());
  }

  /** The documents of a list within this one. What is rounded in them counts here. */
  each<T>(name: string, read: (row: OlderRow) => T): T[] {
    const list = this.#given(name, []);
    if (!Array.isArray(list)) throw this.#unfit(name, 'must be a list');
    return list.map((item) => {
      if (typeof item !== 'object' || item === null) throw this.#unfit(name, 'must be a list of objects');
      const row = new OlderRow(item as Record<string, unknown>);
      const value = read(row);
      this.rounded += row.rounded;
      this.mended += row.mended;
      this.typed += row.typed;
      return value;
    });
  }

  #units(name: string, decimals: number, least: number, fallback?: number): number {
    const value = this.#number(name, fallback);
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#unfit(name, 'must be a number');
    const { units, exact } = toUnits(value, decimals);
    if (units < least || units > MAX_PAISE) {
      const [from, to] = [least, MAX_PAISE].map((bound) => bound / 10 ** decimals);
      throw this.#unfit(name, `must be from ${from} to ${to}`);
    }
    if (!exact) this.rounded++;
    return units;
  }

  /** A number, where the field is one however it was written; else whatever stands there. */
  #number(name: string, fallback: unknown): unknown {
    const given = this.#given(name, fallback);
    if (given instanceof Decimal128) return Number(given.toString());
    if (typeof given !== 'string' || !TYPED_NUMBER.test(given.trim())) return given;
    this.typed++;
    return Number(given);
  }

  /** Milliseconds, where the field is a time however it was written; else whatever stands there. */
  #time(name: string, fallback: unknown): unknown {
    const given = this.#given(name, fallback);
    if (given instanceof Date) return given.getTime();
    const typed = typeof given === 'string' ? TYPED_TIME.exec(given.trim()) : null;
    if (!typed) return given;
    this.typed++;
    const [, day, time = '00:00', zone = 'Z'] = typed;
    return Date.parse(`${day}T${time}${zone}`);
  }

  #given(name: string, fallback: unknown): unknown {
    return this.has(name) ? this.#fields[name] : fallback;
  }

  #unfit(name: string, allowed: string): Unfit {
    const value = this.#fields[name];
    // JSON has no word for NaN, which the older program took as an amount.
    const shown = typeof value === 'number' ? String(value) : JSON.stringify(value)?.slice(0, WORST_SHOWN);
    return new Unfit(`${name} is ${shown ?? 'missing'}, it ${allowed}`);
  }
}
