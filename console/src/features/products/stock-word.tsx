import { formatNumber } from '../../format/number.ts';
import { useWords } from '../../words/say.ts';
import { productWords } from './words/product-words.ts';

/** From this many pieces down the server counts the stock as low. */
const LOW_STOCK = 5;

/** `12`, or in words where it asks for somebody's attention or stands without a heading. */
export function StockWord({ count, alone = false }: { count: number; alone?: boolean }) {
  const words = useWords(productWords);
  if (count === 0) return <span className="out nowrap">{words('soldOut')}</span>;
  if (count <= LOW_STOCK || alone) return <span className="nowrap">{words('left', { count })}</span>;
  return <span className="figures muted">{formatNumber(count)}</span>;
}
