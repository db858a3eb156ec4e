import { useQuery } from '@tanstack/react-query';
import type { SessionWire } from '../../../../server/src/contract/account.ts';
import { getData, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';

export function useSessions() {
  return useQuery({
    queryKey: ['sessions'],
    queryFn: ({ signal }) => getData<SessionWire[]>('/api/auth/sessions', {}, signal),
  });
}

export async function endSession(id: string): Promise<void> {
  await sendReply('DELETE', `/api/auth/sessions/${id}`);
  await queryClient.invalidateQueries({ queryKey: ['sessions'] });
}

export async function changePassword(current: string, next: string): Promise<void> {
  await sendReply('POST', '/api/auth/change-password', {
    body: { current_password: current, new_password: next },
  });
  await queryClient.invalidateQueries({ queryKey: ['sessions'] });
}
