// What the owner sees of the backups: the last ones, whether they were verified, the archives there are, and how to bring
// one back; and what starts one.

import { ArchivesWire, BackupsWire } from '../../contract/backup.ts';
import { Data, Done } from '../../contract/envelope.ts';
import { backupState, restoreCommand } from '../../domain/backup.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { refuse } from '../../domain/shop-error.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant, toInstantOrNull } from '../../http/wire.ts';

const MAX_ATTEMPTS = 20;
const EXAMPLE_COMMAND = 'npx swati restore /media/backup/swati-20260115T204000000Z.backup --replace';
/** The same for whoever asks twice or second. */
const STARTED = { success: true, message: 'The backup is under way' };

export function backupRoutes(shop: Shop): Route[] {
  return [listRoute(shop), archivesRoute(shop), startRoute(shop)];
}

function listRoute({ store, config, backups, now }: Shop): Route {
  return route({
    method: 'GET',
    path: '/api/backups',
    access: 'journal.read',
    tag: 'Backups',
    summary: 'The last backups, and how to bring one back',
    description: 'An archive counts as made only after it was restored into a scratch store and compared.',
    reply: Data(BackupsWire),
    example: {
      success: true,
      data: {
        state: 'good',
        folder: '/media/backup',
        other_disk: true,
        under_way_since: null,
        nightly: true,
        restore_command: EXAMPLE_COMMAND,
        attempts: [
          {
            at: '2026-01-15T20:40:03.123Z',
            outcome: 'made',
            file: 'swati-20260115T204000000Z.backup',
            bytes: 3_120_000,
            rows: 104_220,
            digest: '5f0c'.repeat(16),
            reason: null,
          },
        ],
      },
    },
    handle: async () => {
      const underWaySince = backups.underWaySince();
      const { made, failed, asked } = await store.backups.attempts(MAX_ATTEMPTS);
      const ended = [...made, ...failed].sort((a, b) => b.seq - a.seq);
      const open = asked
        .filter(({ seq }) => underWaySince === null && seq > (ended[0]?.seq ?? 0))
        .slice(0, 1);
      const newest = made[0]?.after;
      const folder = String(newest?.folder ?? config.backups.folder);
      return {
        success: true,
        data: {
          state: backupState(made[0] ?? null, failed[0] ?? null, now()),
          folder,
          other_disk: newest ? newest.otherDisk === true : null,
          under_way_since: toInstantOrNull(underWaySince),
          nightly: config.backups.nightly,
          restore_command: restoreCommand(folder, String(newest?.file ?? 'FILE')),
          attempts: [...open, ...ended].slice(0, MAX_ATTEMPTS).map(toAttempt),
        },
      };
    },
  });
}

function archivesRoute({ config, backups }: Shop): Route {
  const { folder } = config.backups;
  return route({
    method: 'GET',
    path: '/api/backups/archives',
    access: 'journal.read',
    tag: 'Backups',
    summary: 'The archives that lie in the folder of the backups',
    description: 'Of the machine that answers. A file has the name of an archive only once it was compared.',
    reply: Data(ArchivesWire),
    example: {
      success: true,
      data: {
        folder: '/media/backup',
        archives: [
          {
            file: 'swati-20260115T204000000Z.backup',
            made_at: '2026-01-15T20:40:00.000Z',
            bytes: 3_120_000,
            restore_command: EXAMPLE_COMMAND,
          },
        ],
      },
    },
    handle: async () => {
      const archives = await backups.archives();
      const wire = archives?.map(({ file, madeAt, bytes }) => ({
        file,
        made_at: toInstant(madeAt),
        bytes,
        restore_command: restoreCommand(folder, file),
      }));
      return { success: true, data: { folder, archives: wire ?? null } };
    },
  });
}

function startRoute({ store, config, backups, stopping }: Shop): Route {
  const hasEndedSince = async (position: number): Promise<boolean> => {
    const { made, failed } = await store.backups.attempts(1);
    return [...made, ...failed].some(({ seq }) => seq > position);
  };
  return route({
    method: 'POST',
    path: '/api/backups',
    access: 'backups.make',
    tag: 'Backups',
    summary: 'Make a backup now',
    description:
      'Answers as soon as it is under way; GET /api/backups tells what comes of it. While one is under way, whoever ' +
      'started it, no other is started. A backup that was asked for removes no archive.',
    status: 202,
    reply: Done,
    errors: ['backup_not_begun'],
    example: STARTED,
    handle: async ({ by, request, wrote }) => {
      if (backups.underWaySince() !== null) return STARTED;
      const asked = await store.backups.record({ outcome: 'asked', folder: config.backups.folder }, by);
      wrote(asked);
      // A repeat has the first one's id and place: what that one started is done, unless it never ended.
      const isDone = asked.requestId !== request.id && (await hasEndedSince(asked.position));
      if (!isDone && !(await backups.start(request.log, stopping))) throw refuse('backup_not_begun');
      return STARTED;
    },
  });
}

const OUTCOMES: Readonly<Record<string, string>> = { 'backup.made': 'made', 'backup.failed': 'failed' };

function toAttempt({ at, action, after }: JournalEntry) {
  return {
    at: toInstant(at),
    outcome: OUTCOMES[action] ?? 'asked',
    file: after?.file ?? null,
    bytes: after?.bytes ?? null,
    rows: after?.rows ?? null,
    digest: after?.digest ?? null,
    reason: after?.reason ?? null,
  };
}
