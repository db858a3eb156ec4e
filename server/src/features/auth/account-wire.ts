import type { MeWire, PreferencesWire, SessionWire, UserWire } from '../../contract/account.ts';
import { permissionsOf } from '../../domain/permissions.ts';
import type { Preferences, Session, User } from '../../domain/user.ts';
import { toInstant, toInstantOrNull } from '../../http/wire.ts';

export function toUserWire(user: User): UserWire {
  return {
    id: user.id,
    username: user.username,
    email: user.email,
    role: user.role,
    is_active: user.isActive,
    appointed: user.appointed,
    permissions: [...permissionsOf(user)],
    created_at: toInstant(user.createdAt),
    updated_at: toInstant(user.updatedAt),
    last_login: toInstantOrNull(user.lastLogin),
  };
}

export function toPreferencesWire({ language, theme, savedViews }: Preferences): PreferencesWire {
  return { language, theme, saved_views: savedViews };
}

export function toMeWire(user: User): MeWire {
  return { ...toUserWire(user), preferences: toPreferencesWire(user.preferences) };
}

export function toSessionWire(session: Session, currentId: string | null): SessionWire {
  return {
    id: session.id,
    created_at: toInstant(session.createdAt),
    last_used_at: toInstant(session.lastUsedAt),
    expires_at: toInstant(session.expiresAt),
    address: session.address,
    user_agent: session.userAgent,
    current: session.id === currentId,
  };
}
