// Accounts, signing in, sessions, preferences, tickets and the first set-up.

import { type Static, Type } from 'typebox';
import { Id, Instant, Nullable, OneOf, Shape } from './fields.ts';

/** The domain's closed list; a difference does not compile where accounts are turned into wire shapes. */
export const PermissionWire = OneOf([
  'catalogue.read_drafts',
  'catalogue.write',
  'catalogue.publish',
  'customers.read',
  'customers.write',
  'khata.read',
  'khata.post',
  'khata.reverse',
  'orders.read',
  'orders.write',
  'sales.read',
  'sales.write',
  'prices.set',
  'predictions.train',
  'analytics.read',
  'settings.read',
  'settings.write',
  'journal.read',
  'export.all',
  'backups.make',
  'users.manage',
]);
const RoleWire = OneOf(['admin', 'staff', 'user'], {
  description: 'admin: everything; staff: what was granted; user: an account without shop rights',
});
const PermissionsWire = Type.Array(PermissionWire, { maxItems: 100 });
const NonEmpty = Type.String({ minLength: 1, maxLength: 1024 });

export const UserWire = Shape('User', {
  id: Id,
  username: Type.String(),
  email: Type.String(),
  role: RoleWire,
  is_active: Type.Boolean(),
  appointed: Type.Boolean({ description: 'False for an account that signed itself up' }),
  permissions: Type.Array(PermissionWire, { description: 'What the account may do now' }),
  totp: Type.Boolean({ description: 'Signing in asks for a code too' }),
  created_at: Instant,
  updated_at: Instant,
  last_login: Nullable(Instant),
});
export type UserWire = Static<typeof UserWire>;

const SavedViewWire = Type.Object({
  screen: Type.String({ minLength: 1, maxLength: 80 }),
  name: Type.String({ minLength: 1, maxLength: 80 }),
  query: Type.String({ maxLength: 2000 }),
});
export const PreferencesWire = Type.Object({
  language: Nullable(OneOf(['en', 'hi', 'mr'])),
  theme: OneOf(['system', 'light', 'dark']),
  saved_views: Type.Array(SavedViewWire, { maxItems: 50 }),
});
export type PreferencesWire = Static<typeof PreferencesWire>;
export const PreferencesBody = Type.Partial(PreferencesWire, { examples: [{ language: 'mr' }] });
export type PreferencesBody = Static<typeof PreferencesBody>;

export const MeWire = Shape('OwnAccount', {
  ...UserWire.properties,
  preferences: PreferencesWire,
  totp_required: Type.Boolean({
    description: 'Sign-in codes must be set up: until then everything else answers 403 totp_required',
  }),
  recovery_codes_left: Nullable(Type.Integer(), { description: 'null: no sign-in codes' }),
});
export type MeWire = Static<typeof MeWire>;

export const LoginBody = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 1024, description: 'Username or e-mail' }),
    password: NonEmpty,
    totp: Type.Optional(
      Type.String({ maxLength: 64, description: 'The six digits of the app, or a recovery code' }),
    ),
  },
  { examples: [{ username: 'asha', password: 'correct horse' }] },
);

/** What a browser's page sends that must not hold the refresh token itself. */
export const SessionHeaders = Type.Object({
  'X-Session': Type.Optional(
    OneOf(['cookie'], {
      description: 'The refresh token comes in an httpOnly cookie, for pages of the same site',
    }),
  ),
});

/** Tokens stand at the top as well, where an older README promised them. */
export const SignedInReply = Type.Object({
  success: Type.Literal(true),
  data: Type.Object({
    access_token: Type.String({
      description: 'A JWT for `Authorization: Bearer`; how long it is good stands in its `exp` (24 hours)',
    }),
    token: Type.String({ description: 'The same' }),
    refresh_token: Type.Optional(
      Type.String({
        description: 'Good for 30 days and once; not here where it travels in a cookie (X-Session: cookie)',
      }),
    ),
    user: UserWire,
  }),
  access_token: Type.String(),
  user: UserWire,
});

// These limits are checked by features/auth, each with its own text; the schema says them in words.
const NewPassword = Type.String({ minLength: 1, maxLength: 1024, description: '6 to 128 characters' });
const newAccount = {
  username: Type.String({
    minLength: 1,
    maxLength: 1024,
    description:
      '3 to 80 letters, digits and underscores, not underscores alone; blanks around it are dropped',
  }),
  email: Type.String({
    minLength: 1,
    maxLength: 1024,
    description: 'At most 200 characters, with @ and a dot; stored in lower case',
  }),
  password: NewPassword,
};
const newAccountExample = { username: 'asha', email: 'asha@example.com', password: 'correct horse' };

export const SignupBody = Type.Object(newAccount, { examples: [newAccountExample] });
export type SignupBody = Static<typeof SignupBody>;
export const RegisterBody = Type.Object(
  { ...newAccount, role: Type.Optional(RoleWire), permissions: Type.Optional(PermissionsWire) },
  { examples: [{ ...newAccountExample, role: 'staff' }] },
);
export type RegisterBody = Static<typeof RegisterBody>;
export const SetupBody = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 100 }), ...newAccount },
  { examples: [{ code: 'K7QP-M2XD-9RTW', ...newAccountExample }] },
);

export const UserChangesBody = Type.Partial(
  Type.Object({
    role: RoleWire,
    is_active: Type.Boolean(),
    permissions: PermissionsWire,
    password: Type.String({
      maxLength: 1024,
      description: 'A new one, 6 to 128 characters: ends all sessions of the account',
    }),
  }),
  { examples: [{ permissions: ['orders.read', 'orders.write'] }] },
);
export type UserChangesBody = Static<typeof UserChangesBody>;

export const ChangePasswordBody = Type.Object(
  { current_password: NonEmpty, new_password: NewPassword },
  { examples: [{ current_password: 'correct horse', new_password: 'battery staple' }] },
);
const code = Type.String({ minLength: 1, maxLength: 64, description: 'The six digits, or a recovery code' });
export const EnrolTotpBody = Type.Object(
  { current_password: NonEmpty },
  { examples: [{ current_password: 'correct horse' }] },
);
export const ConfirmTotpBody = Type.Object({ totp: code }, { examples: [{ totp: '492039' }] });
export const ProvenTotpBody = Type.Object(
  { current_password: NonEmpty, totp: code },
  { examples: [{ current_password: 'correct horse', totp: '492039' }] },
);
/** Shown once: neither can be read again. */
export const TotpSecretWire = Type.Object({
  secret: Type.String({ description: 'To type into the app' }),
  address: Type.String({ description: 'otpauth://, for a QR code' }),
});
export const RecoveryCodesWire = Type.Object({ recovery_codes: Type.Array(Type.String()) });

export const RefreshBody = Type.Object(
  { refresh_token: Type.Optional(NonEmpty) },
  { examples: [{ refresh_token: 'the one of the last answer; not needed where the cookie is' }] },
);

export const SessionWire = Shape('Session', {
  id: Id,
  created_at: Instant,
  last_used_at: Instant,
  expires_at: Instant,
  address: Type.String(),
  user_agent: Type.String(),
  current: Type.Boolean({ description: 'The session of this request' }),
});
export type SessionWire = Static<typeof SessionWire>;

export const TicketBody = Type.Object(
  {
    path: Type.String({
      maxLength: 500,
      pattern: '^/api/[\\w./%~:@-]+(\\?.*)?$',
      description: 'The address to download from, beginning with /api/',
    }),
  },
  { examples: [{ path: '/api/customers/65e0c0ffee0123456789abcd/khata/statement' }] },
);
export const TicketWire = Type.Object({
  ticket: Type.String({ description: 'Goes as ?ticket= behind exactly that path, once' }),
  expires_at: Instant,
});
export const SetupWire = Type.Object({ needed: Type.Boolean() });

// The older service's texts. What is missing comes before everything else.
const LOGIN_TEXT = 'Username and password are required';
const ACCOUNT_TEXT = 'Username, email, and password are required';
export const LOGIN_MESSAGES = missing(['username', 'password'], LOGIN_TEXT);
export const SIGNUP_MESSAGES = missing(['username', 'email', 'password'], ACCOUNT_TEXT);
export const ROLE_MESSAGE = { field: 'role', text: 'Role must be either "admin" or "staff"' };
export const REGISTER_MESSAGES = [...SIGNUP_MESSAGES, ROLE_MESSAGE];

function missing(fields: readonly string[], text: string) {
  return fields.flatMap((field) => ['required', 'type'].map((rule) => ({ field, rule, text })));
}
