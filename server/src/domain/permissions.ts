// Who may do what: a closed list of permissions; a role is a set of them. Every route names one of these or `public`.

export const PERMISSIONS = [
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
] as const;
export type Permission = (typeof PERMISSIONS)[number];

export const ROLES = ['admin', 'staff', 'user'] as const;
/** `admin`: the owner, may do everything. `staff`: what was granted. `user`: an account without shop rights. */
export type Role = (typeof ROLES)[number];

/** What an account starts with when an admin appoints it as staff: customers, khata and sales. */
export const STAFF_PERMISSIONS: readonly Permission[] = [
  'customers.read',
  'customers.write',
  'khata.read',
  'khata.post',
  'khata.reverse',
  'sales.read',
  'sales.write',
  'settings.read',
];

/** What an account may do now. Granted permissions count for `staff`: an admin has all, a `user` none. */
export function permissionsOf(user: {
  role: Role;
  permissions: readonly Permission[];
}): readonly Permission[] {
  if (user.role === 'admin') return PERMISSIONS;
  return user.role === 'staff' ? user.permissions : [];
}
