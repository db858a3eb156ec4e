import type { SettingsBody, SettingsWire } from '../../contract/settings.ts';
import { CASH_LIMIT_PAISE } from '../../domain/cash.ts';
import { toPaise, toRupees, toSmallestUnit } from '../../domain/money.ts';
import type { Settings, SettingsFields } from '../../domain/settings.ts';
import { refuse } from '../../domain/shop-error.ts';
import { toMakingCharge, toMakingChargeWire } from '../../http/making-charge.ts';
import { toInstant } from '../../http/wire.ts';

const WHOLE_BASIS_POINTS = 10_000;

export function toSettingsWire(settings: Settings): SettingsWire {
  return {
    shop_name: settings.shopName,
    shop_address: settings.shopAddress,
    shop_phone: settings.shopPhone,
    gstin: settings.gstin,
    upi_id: settings.upiId,
    language: settings.language,
    making_charge: toMakingChargeWire(settings.makingCharge),
    guard: {
      hold_percent: toPercent(settings.guardHoldBasisPoints),
      sigmas: settings.guardSigmas,
      refuse_percent: toPercent(settings.guardRefuseBasisPoints),
      confirm_percent: toPercent(settings.guardConfirmBasisPoints),
    },
    credit_rule: settings.creditRule,
    credit_limit: settings.creditLimitPaise === null ? null : toRupees(settings.creditLimitPaise),
    cash_limit: toRupees(CASH_LIMIT_PAISE),
    strict_stock: settings.strictStock,
    totp_roles: settings.totpRoles,
    stone_prices: {
      rupees_per_dollar:
        settings.rupeesPerDollarPaise === null ? null : toRupees(settings.rupeesPerDollarPaise),
      market_factor: settings.stoneMarketBasisPoints / WHOLE_BASIS_POINTS,
    },
    version: settings.version,
    updated_at: settings.updatedAt === 0 ? null : toInstant(settings.updatedAt),
  };
}

/** The settings that a body names; the body has passed its schema. */
export function toSettingsChanges(body: SettingsBody): Partial<SettingsFields> {
  const { guard, stone_prices: stones } = body;
  const { rupees_per_dollar: perDollar, market_factor: factor } = stones ?? {};
  const all = {
    shopName: body.shop_name?.trim(),
    shopAddress: body.shop_address?.trim(),
    shopPhone: body.shop_phone?.trim(),
    gstin: body.gstin,
    upiId: body.upi_id,
    language: body.language,
    makingCharge: body.making_charge && toMakingCharge(body.making_charge),
    guardHoldBasisPoints: guard?.hold_percent === undefined ? undefined : toBasisPoints(guard.hold_percent),
    guardSigmas: guard?.sigmas,
    guardRefuseBasisPoints:
      guard?.refuse_percent === undefined ? undefined : toBasisPoints(guard.refuse_percent),
    guardConfirmBasisPoints:
      guard?.confirm_percent === undefined ? undefined : toBasisPoints(guard.confirm_percent),
    creditRule: body.credit_rule,
    creditLimitPaise: typeof body.credit_limit === 'number' ? toPaise(body.credit_limit) : body.credit_limit,
    strictStock: body.strict_stock,
    totpRoles: body.totp_roles && [...new Set(body.totp_roles)].sort(),
    rupeesPerDollarPaise: typeof perDollar === 'number' ? toPaise(perDollar) : perDollar,
    stoneMarketBasisPoints: factor === undefined ? undefined : Math.round(factor * WHOLE_BASIS_POINTS),
  };
  const changes = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  if (Object.keys(changes).length === 0) throw refuse('body_required');
  return changes as Partial<SettingsFields>;
}

/** Per cent of at most 2 decimals; 1% is 100 basis points. */
function toBasisPoints(percent: number): number {
  const basisPoints = toSmallestUnit(percent, 2);
  if (basisPoints === null) throw new RangeError(`not a share in per cent: ${percent}`);
  return basisPoints;
}

function toPercent(basisPoints: number): number {
  return basisPoints / 100;
}
