import type { ReactNode } from 'react';
import type { Permission } from '../api/session.ts';
import { useCan } from '../api/use-session.ts';

/** Shows its children to those who hold the permission. Nothing is offered that would be refused. */
export function Can({ permission, children }: { permission: Permission; children: ReactNode }) {
  return useCan(permission) ? children : null;
}
