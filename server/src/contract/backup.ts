import { type Static, Type } from 'typebox';
import { Instant, Nullable, OneOf } from './fields.ts';

const AttemptWire = Type.Object({
  at: Instant,
  outcome: OneOf(['made', 'failed', 'asked'], {
    description: 'asked: the newest one that somebody asked for, which has not ended, or was cut off',
  }),
  file: Nullable(Type.String()),
  bytes: Nullable(Type.Integer()),
  rows: Nullable(Type.Integer()),
  digest: Nullable(Type.String()),
  reason: Nullable(Type.String({ description: 'Why it failed' })),
});

export const BackupsWire = Type.Object({
  state: OneOf(['none', 'good', 'stale', 'failed'], {
    description:
      'failed: the newest attempt failed; stale: the newest verified backup is older than 36 hours',
  }),
  folder: Type.String({ description: 'Where the archives go' }),
  other_disk: Nullable(
    Type.Boolean({
      description: "Whether that is another disk than the shop's; null before the first backup",
    }),
  ),
  under_way_since: Nullable(Instant, { description: 'When the one that is under way on this machine began' }),
  nightly: Type.Boolean({ description: 'Whether one is made every night' }),
  restore_command: Type.String({ description: 'What brings the newest archive back, on the machine itself' }),
  attempts: Type.Array(AttemptWire, { description: 'Newest first, at most 20' }),
});
export type BackupsWire = Static<typeof BackupsWire>;

export const ArchivesWire = Type.Object({
  folder: Type.String(),
  archives: Nullable(
    Type.Array(
      Type.Object({
        file: Type.String(),
        made_at: Instant,
        bytes: Type.Integer(),
        restore_command: Type.String({ description: 'What brings it back, on the machine itself' }),
      }),
    ),
    { description: 'Newest first, at most 100; null: the folder cannot be read just now' },
  ),
});
export type ArchivesWire = Static<typeof ArchivesWire>;
