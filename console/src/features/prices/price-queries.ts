import { useQuery } from '@tanstack/react-query';
import type { MetalPriceWire } from '../../../../server/src/contract/price.ts';
import { getReply } from '../../api/client.ts';
import { shopDay } from '../../format/date.ts';
import { inForce } from './standing-rates.ts';

/** Rates for days to come may be recorded already; none is looked at beyond this many. */
const ROWS = 20;

/**
 * The board rate in force; null while nothing is recorded. Asked for through the history, which answers an empty shop
 * with an empty list.
 */
export function useBoardRate(metal: 'gold' | 'silver' | 'platinum' = 'gold', purity = '916') {
  return useQuery({
    queryKey: ['prices', 'board', metal, purity],
    queryFn: async ({ signal }) => {
      const { data } = await getReply<{ data: MetalPriceWire[] }>(
        `/api/prices/${metal}/history`,
        { purity, limit: ROWS },
        signal,
      );
      return inForce(data, shopDay)[0] ?? null;
    },
  });
}
