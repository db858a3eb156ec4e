import type { Db } from 'mongodb';
import { DEFAULT_SETTINGS, type Settings } from '../../../domain/settings.ts';
import { fromDocument } from '../codec.ts';
import type { ShopRow } from '../rows.ts';
import type { Questions } from './questions.ts';

export async function findShop(db: Db, shopId: string): Promise<ShopRow | null> {
  const document = await db.collection('shops').findOne({ _id: shopId as never, shop_id: shopId });
  return document && fromDocument<ShopRow>(document);
}

/** The same, asked together with what else a screen asks. */
export async function askShop(questions: Questions, shopId: string): Promise<ShopRow | null> {
  const [document] = await questions.ask('shops', [{ $match: { _id: shopId, shop_id: shopId } }]);
  return document ? fromDocument<ShopRow>(document) : null;
}

/** The stored settings over today's defaults, so that a setting that came later has its value. */
export function toSettings(shop: ShopRow | null): Settings {
  const { settings = {}, settingsVersion = 1, settingsUpdatedAt = 0 } = shop ?? {};
  return { ...DEFAULT_SETTINGS, ...settings, version: settingsVersion, updatedAt: settingsUpdatedAt };
}
