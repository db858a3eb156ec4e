// What nearly every change asks for and hardly any changes: read once a group, and anew after whoever changed it.

import type { Settings } from '../../../domain/settings.ts';
import type { Db } from '../database.ts';
import { movedTo } from '../reads/moves.ts';
import { getSettings } from '../reads/settings.ts';

export interface Standing {
  settings: Settings;
  /** Where the shop went, or null while it is here. */
  movedTo: string | null;
}

export function readStanding(db: Db, shopId: string): Standing {
  return { settings: getSettings(db, shopId), movedTo: movedTo(db, shopId) };
}
