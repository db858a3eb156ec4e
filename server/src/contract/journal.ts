import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf, QueryText, QueryWhole, Shape } from './fields.ts';

const FieldsWire = Nullable(Type.Object({}, { additionalProperties: true }), {
  description:
    'The changed fields only, and the name of what is removed or brought back; null where there is nothing, or once erased',
});

export const JournalEntryWire = Shape('JournalEntry', {
  seq: Type.Integer(),
  at: Instant,
  actor: Type.Object({
    kind: OneOf(['user', 'command_line', 'system']),
    id: Nullable(Type.String()),
    name: Type.String(),
  }),
  action: Type.String({ description: 'Such as khata.posted' }),
  subject: Type.Object({ type: Type.String(), id: Type.String() }),
  before: FieldsWire,
  after: FieldsWire,
  prev_hash: Type.String(),
  hash: Type.String(),
});
export type JournalEntryWire = Static<typeof JournalEntryWire>;

export const JournalQuery = Type.Object({
  subject: QueryText('A kind of thing (customer), or one thing (customer:65e0c0ffee0123456789abcd)'),
  actor: QueryText('Name or id of an account'),
  action: QueryText('Such as khata.posted'),
  from: QueryText('First day, or an instant (ISO-8601)'),
  to: QueryText('Last day, taken to its end, or an instant'),
  limit: QueryWhole([1, 1000], 'Entries, 1 to 1000 (default 100)'),
});
