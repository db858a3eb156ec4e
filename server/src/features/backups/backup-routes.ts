// What the owner sees of the backups: the last ones, whether they were verified, and how to bring one back.

import { BackupsWire } from '../../contract/backup.ts';
import { Data } from '../../contract/envelope.ts';
import { backupState } from '../../domain/backup.ts';
import type { JournalEntry } from '../../domain/journal.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { toInstant } from '../../http/wire.ts';

const MAX_ATTEMPTS = 20;

export function backupRoutes({ store, config, now }: Shop): Route[] {
  return [
    route({
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
          nightly: true,
          restore_command: 'npx swati restore /media/backup/swati-20260115T204000000Z.backup --replace',
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
        const { made, failed } = await store.backups.attempts(MAX_ATTEMPTS);
        const attempts = [...made, ...failed].sort((a, b) => b.seq - a.seq).slice(0, MAX_ATTEMPTS);
        const newest = made[0]?.after;
        const folder = String(newest?.folder ?? config.backups.folder);
        return {
          success: true,
          data: {
            state: backupState(made[0] ?? null, failed[0] ?? null, now()),
            folder,
            other_disk: newest ? newest.otherDisk === true : null,
            nightly: config.backups.nightly,
            restore_command: `npx swati restore ${folder}/${newest?.file ?? 'FILE'} --replace`,
            attempts: attempts.map(toAttempt),
          },
        };
      },
    }),
  ];
}

function toAttempt({ at, action, after }: JournalEntry) {
  return {
    at: toInstant(at),
    outcome: action === 'backup.made' ? 'made' : 'failed',
    file: after?.file ?? null,
    bytes: after?.bytes ?? null,
    rows: after?.rows ?? null,
    digest: after?.digest ?? null,
    reason: after?.reason ?? null,
  };
}
