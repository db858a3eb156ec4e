import type { SecondFactor } from '../../../domain/second-factor.ts';
import type { Db } from '../database.ts';

export function findSecondFactor(db: Db, shopId: string, userId: string): SecondFactor | null {
  const row = db.get<{ second_factor: string | null }>(
    'SELECT second_factor FROM users WHERE shop_id = :shopId AND id = :userId',
    { shopId, userId },
  );
  return readSecondFactor(row?.second_factor ?? null);
}

/** As it stands in the account's row. */
export function readSecondFactor(json: string | null): SecondFactor | null {
  return json === null ? null : (JSON.parse(json) as SecondFactor);
}
