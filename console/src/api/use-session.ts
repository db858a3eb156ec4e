import { useSyncExternalStore } from 'react';
import { getSession, onSession, type Permission, type Session } from './session.ts';

export function useSession(): Session {
  return useSyncExternalStore(onSession, getSession);
}

/** Whether the signed-in account may do this now; follows changes of its rights. */
export function useCan(permission: Permission): boolean {
  return useSession().me?.permissions.includes(permission) ?? false;
}
