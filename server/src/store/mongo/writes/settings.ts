import { changedFields } from '../../../domain/changed-fields.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { type Settings, type SettingsFields, settingsProblem } from '../../../domain/settings.ts';
import { invalid } from '../../../domain/shop-error.ts';
import { toSettings } from '../reads/settings.ts';
import { readShop } from './journal.ts';
import type { Tx } from './tx.ts';

export function getSettings(tx: Tx): Settings {
  return toSettings(readShop(tx, tx.shopId));
}

export function changeSettings(tx: Tx, changes: Partial<SettingsFields>, ifVersion: number | null): Settings {
  const { version, updatedAt, ...fields } = getSettings(tx);
  requireVersion(version, ifVersion);
  const { before, after } = changedFields(fields, changes);
  if (Object.keys(after).length === 0) return { ...fields, version, updatedAt };
  const next = { ...fields, ...after } as SettingsFields;
  const problem = settingsProblem(next);
  if (problem) throw invalid(problem.field, 'range', problem.limit);
  tx.record('settings.changed', { type: 'settings', id: tx.shopId }, before, after);
  const shop = readShop(tx, tx.shopId);
  const { at } = tx.by;
  tx.put('shops', { ...shop, settings: next, settingsVersion: version + 1, settingsUpdatedAt: at });
  return { ...next, version: version + 1, updatedAt: at };
}
