import { useQuery } from '@tanstack/react-query';
import type { RegisterBody, UserChangesBody, UserWire } from '../../../../server/src/contract/account.ts';
import { getData, sendData } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';
import { useCan } from '../../api/use-session.ts';

export function usePeople() {
  return useQuery({
    queryKey: ['users'],
    queryFn: ({ signal }) => getData<UserWire[]>('/api/users', {}, signal),
    enabled: useCan('users.manage'),
  });
}

export async function addPerson(body: RegisterBody): Promise<void> {
  await sendData('POST', '/api/auth/register', { body });
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

/** For somebody who lost the phone. */
export async function resetCodes(id: string): Promise<void> {
  await sendData('DELETE', `/api/users/${id}/totp`);
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}

export async function changePerson(id: string, body: UserChangesBody): Promise<void> {
  await sendData('PUT', `/api/users/${id}`, { body });
  await queryClient.invalidateQueries({ queryKey: ['users'] });
}
