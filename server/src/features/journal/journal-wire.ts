import type { JournalEntryWire } from '../../contract/journal.ts';
import type { Fields, JournalEntry } from '../../domain/journal.ts';
import { toRupees } from '../../domain/money.ts';
import { toInstant } from '../../http/wire.ts';

export function toJournalWire(entry: JournalEntry): JournalEntryWire {
  const { actor } = entry;
  return {
    seq: entry.seq,
    at: toInstant(entry.at),
    actor: { kind: actor.kind, id: actor.kind === 'user' ? actor.id : null, name: actor.name },
    action: entry.action,
    subject: entry.subject,
    before: entry.before && toWireFields(entry.before),
    after: entry.after && toWireFields(entry.after),
    prev_hash: entry.prevHash,
    hash: entry.hash,
  };
}

/** Stored fields in the names and units of the wire: `amountPaise: 150050` -> `amount: 1500.5`. */
function toWireFields(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => toWireField(name, value)));
}

const UNITS: readonly { ending: RegExp; wire: string; convert: (value: number) => unknown }[] = [
  { ending: /^at$/, wire: 'at', convert: toInstant },
  { ending: /^paisePerGram$/, wire: 'pricePerGram', convert: toRupees },
  { ending: /Paise$/, wire: '', convert: toRupees },
  { ending: /PaisePerGram$/, wire: 'PerGram', convert: toRupees },
  { ending: /Mg$/, wire: 'Grams', convert: (value) => value / 1000 },
  { ending: /MilliCarat$/, wire: 'Carat', convert: (value) => value / 1000 },
  { ending: /BasisPoints$/, wire: 'Percent', convert: (value) => value / 100 },
  { ending: /At$/, wire: 'At', convert: toInstant },
];

function toWireField(name: string, value: unknown): [string, unknown] {
  const unit = UNITS.find(({ ending }) => ending.test(name));
  if (!unit) return [snakeCase(name), toWireValue(value)];
  const wireName = snakeCase(name.replace(unit.ending, unit.wire));
  return [wireName, typeof value === 'number' ? unit.convert(value) : toWireValue(value)];
}

function toWireValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toWireValue);
  if (typeof value === 'object' && value !== null) return toWireFields(value as Fields);
  return value;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
