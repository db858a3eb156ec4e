import { DEFAULT_SETTINGS, type Settings, type SettingsFields } from '../../../domain/settings.ts';
import type { Db } from '../database.ts';

/** The stored settings over today's defaults, so that a setting that came later has its value. */
export function getSettings(db: Db, shopId: string): Settings {
  const row = db.get<{ fields: string; version: number; updated_at: number }>(
    'SELECT fields, version, updated_at FROM settings WHERE shop_id = :shopId',
    { shopId },
  );
  if (!row) return { ...DEFAULT_SETTINGS, version: 1, updatedAt: 0 };
  const fields = JSON.parse(row.fields) as Partial<SettingsFields>;
  return { ...DEFAULT_SETTINGS, ...fields, version: row.version, updatedAt: row.updated_at };
}
