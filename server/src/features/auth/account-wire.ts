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
    totp: user.secondFactor !== null,
    created_at: toInstant(user.createdAt),
    updated_at: toInstant(user.updatedAt),
    last_login: toInstantOrNull(user.lastLogin),
  };
}

export function toPreferencesWire({ language, theme, savedViews }: Preferences): PreferencesWire {
  return { language, theme, saved_views: savedViews };
}

export function toMeWire(user: User, owesSecondFactor: boolean): MeWire {
  return {
    ...toUserWire(user),
    preferences: toPreferencesWire(user.preferences),
    totp_required: owesSecondFactor,
    recovery_codes_left: user.secondFactor?.recoveryCodesLeft ?? null,
  };
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
