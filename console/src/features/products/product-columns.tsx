import { useMemo } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { goldPurity } from '../../format/purity.ts';
import { Grams, Money } from '../../ui/figures.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Column } from '../../ui/table/column.ts';
import { useWords } from '../../words/say.ts';
import { ProductPicture } from './product-picture.tsx';
import type { Category } from './product-search.ts';
import styles from './products.module.css';
import { StockWord } from './stock-word.tsx';
import { productWords } from './words/product-words.ts';

export function useProductColumns(): Column<ProductWire>[] {
  const words = useWords(productWords);
  return useMemo(
    () => [
      {
        key: 'name',
        header: words('piece'),
        cell: ({ name, image_url: url }) => (
          <span className={styles.named}>
            <ProductPicture url={url} className={styles.thumb} />
            <span className={styles.cut}>{name}</span>
          </span>
        ),
      },
      {
        key: 'category',
        header: words('category'),
        cell: ({ category }) => <span className="nowrap">{words(category as Category)}</span>,
        card: 'line',
        wideOnly: true,
      },
      {
        key: 'purity',
        header: words('purity'),
        cell: ({ gold_purity: purity }) => <span className="figures nowrap">{goldPurity(purity)}</span>,
        wideOnly: true,
      },
      {
        key: 'weight',
        header: words('weight'),
        align: 'end',
        cell: ({ weight }) => <Grams grams={weight} />,
        card: 'line',
        wideOnly: true,
      },
      {
        key: 'stock',
        header: words('stock'),
        align: 'end',
        cell: ({ stock_quantity: count }) => <StockWord count={count} />,
        card: 'line',
        wideOnly: true,
      },
      {
        key: 'price',
        header: words('price'),
        align: 'end',
        cell: ({ current_price: price, base_price: listPrice }) => <Money rupees={price ?? listPrice} />,
        card: 'title-end',
      },
      {
        key: 'status',
        header: words('state'),
        cell: ({ status }) => <StatusMark status={status} />,
        card: 'line-end',
      },
    ],
    [words],
  );
}
