import { RECOVERY_CODE_COUNT } from '../../domain/second-factor.ts';
import { hashOpaqueToken } from '../../http/opaque-token.ts';
import type { Shop } from '../../http/shop.ts';

/** Without letters and digits that look alike on paper. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const GROUPS = 6;
const GROUP_LENGTH = 4;

/** Codes such as `K7QP-M2XD-9RTW-4HBA-ZC6E-N8VL`: 120 bits each, so that a fast hash keeps them. */
export function newRecoveryCodes({ randomText }: Pick<Shop, 'randomText'>): string[] {
  const group = () => randomText(GROUP_LENGTH, ALPHABET);
  return Array.from({ length: RECOVERY_CODE_COUNT }, () => Array.from({ length: GROUPS }, group).join('-'));
}

/** Case, dashes and spaces do not count. The account goes in, so that equal codes have different hashes. */
export function hashRecoveryCode(userId: string, typed: string): string {
  return hashOpaqueToken(`${userId} ${typed.toUpperCase().replace(/[\s-]/g, '')}`);
}
