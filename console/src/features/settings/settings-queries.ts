import { useQuery } from '@tanstack/react-query';
import type { SettingsBody, SettingsWire } from '../../../../server/src/contract/settings.ts';
import { getData, sendData } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
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

export async function changeSettings(body: SettingsBody, seen: number): Promise<SettingsWire> {
  const settings = await sendData<SettingsWire>('PUT', '/api/settings', { body, seen });
  queryClient.setQueryData(['settings'], settings);
  // What pieces cost, and what stones are said to.
  await Promise.all(
    ['products', 'predictions'].map((first) => queryClient.invalidateQueries({ queryKey: [first] })),
  );
  return settings;
}
