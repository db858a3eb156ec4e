// Pieces that were removed, each with the way back.

import { useMemo } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { useCan } from '../../api/use-session.ts';
import { BringBack } from '../../ui/bring-back.tsx';
import type { Column } from '../../ui/table/column.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { refreshProducts, restoreProduct } from './product-queries.ts';

/** On a card the way back takes the end of both lines, and the price the place of the stock. */
const ON_CARD = ['category', 'weight', 'price'];

function onCard({ card: _card, ...column }: Column<ProductWire>): Column<ProductWire> {
  return ON_CARD.includes(column.key) ? { ...column, card: 'line' } : column;
}

/** The list's own columns, with the way back in place of the state. */
export function useRemovedColumns(columns: readonly Column<ProductWire>[]): Column<ProductWire>[] {
  const words = useWords(everydayWords);
  const canWrite = useCan('catalogue.write');
  return useMemo(() => {
    const bringBack = async (id: string) => {
      await restoreProduct(id);
      await refreshProducts();
    };
    const back: Column<ProductWire> = {
      key: 'back',
      header: words('bringBack'),
      hidesHeader: true,
      align: 'end',
      cell: ({ id, name }) => <BringBack id={id} name={name} bringBack={bringBack} />,
      card: 'line-end',
    };
    return [...columns.filter(({ key }) => key !== 'status').map(onCard), ...(canWrite ? [back] : [])];
  }, [columns, words, canWrite]);
}
