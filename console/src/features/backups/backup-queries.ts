import { useQuery } from '@tanstack/react-query';
import type { ArchivesWire, BackupsWire } from '../../../../server/src/contract/backup.ts';
import { getData, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useCan } from '../../api/use-session.ts';

/** One that is cut off ends without an event: only while one is under way the server is asked again and again. */
const WATCH_MS = 2_000;

export function useBackups() {
  return useQuery({
    queryKey: ['backups'],
    queryFn: ({ signal }) => getData<BackupsWire>('/api/backups', {}, signal),
    enabled: useCan('journal.read'),
    refetchInterval: ({ state }) => (state.data?.under_way_since ? WATCH_MS : false),
  });
}

export function useArchives() {
  return useQuery({
    queryKey: ['backups', 'archives'],
    queryFn: ({ signal }) => getData<ArchivesWire>('/api/backups/archives', {}, signal),
  });
}

/** Resolves when one is under way and shown so; it may be one that somebody else had started. */
export async function startBackup(): Promise<void> {
  try {
    await sendReply('POST', '/api/backups');
  } finally {
    // Also where the answer was lost: what is known of backups tells whether one was started.
    await queryClient.invalidateQueries({ queryKey: ['backups'] });
  }
}
