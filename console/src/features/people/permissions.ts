import type { Permission } from '../../api/session.ts';

/** What may be granted, by the room of the shop it opens. */
export const PERMISSION_GROUPS = [
  { name: 'customers', permissions: ['customers.read', 'customers.write'] },
  { name: 'khata', permissions: ['khata.read', 'khata.post', 'khata.reverse'] },
  { name: 'sales', permissions: ['sales.read', 'sales.write'] },
  { name: 'orders', permissions: ['orders.read', 'orders.write'] },
  { name: 'catalogue', permissions: ['catalogue.read_drafts', 'catalogue.write', 'catalogue.publish'] },
  { name: 'prices', permissions: ['prices.set', 'predictions.train'] },
  { name: 'figures', permissions: ['analytics.read', 'journal.read', 'export.all', 'backups.make'] },
  { name: 'shop', permissions: ['settings.read', 'settings.write', 'users.manage'] },
] as const satisfies { name: string; permissions: Permission[] }[];

/** What an account of the counter starts with, as the server has it. */
export const COUNTER: readonly Permission[] = [
  'customers.read',
  'customers.write',
  'khata.read',
  'khata.post',
  'khata.reverse',
  'sales.read',
  'sales.write',
  'settings.read',
];
