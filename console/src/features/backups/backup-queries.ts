import { useQuery } from '@tanstack/react-query';
import type { BackupsWire } from '../../../../server/src/contract/backup.ts';
import { getData } from '../../api/client.ts';
import { useCan } from '../../api/use-session.ts';

export function useBackups() {
  return useQuery({
    queryKey: ['backups'],
    queryFn: ({ signal }) => getData<BackupsWire>('/api/backups', {}, signal),
    enabled: useCan('journal.read'),
  });
}
