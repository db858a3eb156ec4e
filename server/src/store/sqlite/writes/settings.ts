import { changedFields } from '../../../domain/changed-fields.ts';
import { requireVersion } from '../../../domain/require-version.ts';
import { type Settings, type SettingsFields, settingsProblem } from '../../../domain/settings.ts';
import { invalid } from '../../../domain/shop-error.ts';
import type { Tx } from './tx.ts';

export function changeSettings(tx: Tx, changes: Partial<SettingsFields>, ifVersion: number | null): Settings {
  const { version, updatedAt, ...fields } = tx.standing.settings;
  requireVersion(version, ifVersion);
  const { before, after } = changedFields(fields, changes);
  if (Object.keys(after).length === 0) return { ...fields, version, updatedAt };
  const next = { ...fields, ...after } as SettingsFields;
  const problem = settingsProblem(next);
  if (problem) throw invalid(problem.field, 'range', problem.limit);
  tx.run(
    `INSERT INTO settings VALUES (:shopId, :fields, :version, :at)
     ON CONFLICT (shop_id) DO UPDATE SET fields = :fields, version = :version, updated_at = :at`,
    { shopId: tx.shopId, fields: JSON.stringify(next), version: version + 1, at: tx.by.at },
  );
  tx.forgetStanding();
  tx.record('settings.changed', { type: 'settings', id: tx.shopId }, before, after);
  return { ...next, version: version + 1, updatedAt: tx.by.at };
}
