import { useQuery } from '@tanstack/react-query';
import type { DiamondPriceWire, NewDiamondPriceBody } from '../../../../server/src/contract/price.ts';
import { getData, sendReply } from '../../api/client.ts';
import { queryClient } from '../../api/query-client.ts';

const ROWS = 50;

/** What stones cost, as the shop recorded it, newest first. */
export function useStonePrices() {
  return useQuery({
    queryKey: ['prices', 'stones'],
    queryFn: ({ signal }) =>
      getData<DiamondPriceWire[]>('/api/prices/diamond/history', { limit: ROWS }, signal),
  });
}

export async function recordStone(body: NewDiamondPriceBody): Promise<void> {
  await sendReply('POST', '/api/prices/diamond', { body });
  await Promise.all(
    ['prices', 'predictions'].map((first) => queryClient.invalidateQueries({ queryKey: [first] })),
  );
}
