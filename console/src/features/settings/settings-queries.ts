import { useQuery } from '@tanstack/react-query';
import type { SettingsWire } from '../../../../server/src/contract/settings.ts';
import { getData } from '../../api/client.ts';
import { useCan } from '../../api/use-session.ts';

/** The shop's settings; asked for by those who may read them. */
export function useSettings() {
  const allowed = useCan('settings.read');
  return useQuery({
    queryKey: ['settings'],
    queryFn: ({ signal }) => getData<SettingsWire>('/api/settings', {}, signal),
    enabled: allowed,
  });
}
