import type { GoldPredictionWire, Scoreboard } from '../../../../server/src/contract/prediction.ts';

/** Past forecasts overlap: with fewer that are independent a share of them says nothing. */
const FEW_INDEPENDENT = 20;

/** In what share of the past cases the range held; null while that is not known. */
export function heldShare(
  forecast: Pick<GoldPredictionWire, 'coverage_80_backtest' | 'n_eff'> | undefined,
): number | null {
  return forecast && forecast.n_eff >= FEW_INDEPENDENT ? forecast.coverage_80_backtest : null;
}

/** Forecasts whose day is still to come: one whose day passed without a rate waits for nothing. */
export function waitingCount(
  row: Pick<Scoreboard['horizons'][number], 'published' | 'scored' | 'unknown'>,
): number {
  return row.published - row.scored - row.unknown;
}
