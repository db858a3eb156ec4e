// The catalogue as pictures. Only the rows of tiles in view are in the page, as in a table.

import { Checkbox } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { goldPurity } from '../../format/purity.ts';
import { Grams, Money } from '../../ui/figures.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { StatusMark } from '../../ui/status-mark.tsx';
import type { Selection } from '../../ui/table/column.ts';
import { useRowsInView, useWidth } from '../../ui/table/use-rows-in-view.ts';
import { tableWords } from '../../ui/table/words/table-words.ts';
import { useWords } from '../../words/say.ts';
import { ProductPicture } from './product-picture.tsx';
import styles from './products.module.css';

const GAP_PX = 12;
const LEAST_PX = 168;
/** Name, measures, price and mark below the picture. */
const TEXT_PX = 92;

interface ProductGridProps {
  label: string;
  products: readonly ProductWire[];
  openId: string | undefined;
  link: (product: ProductWire) => LinkProps;
  /** Without it nothing can be chosen. */
  selection: Selection | undefined;
  onEnd: () => void;
}

export function ProductGrid({ label, products, openId, link, selection, onEnd }: ProductGridProps) {
  const words = useWords(tableWords);
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const across = Math.max(2, Math.floor((width + GAP_PX) / (LEAST_PX + GAP_PX)));
  const tilePx = Math.round((width - GAP_PX * (across - 1)) / across) + TEXT_PX;
  const rows = Math.ceil(products.length / across);
  const { indices, before, after, measure, scrollTo } = useRowsInView(place, rows, tilePx + GAP_PX);

  const measured = useRef(tilePx);
  useEffect(() => {
    if (measured.current !== tilePx) measure();
    measured.current = tilePx;
  });
  const last = indices.at(-1) ?? 0;
  useEffect(() => {
    if (rows > 0 && last >= rows - 1) onEnd();
  }, [last, rows, onEnd]);

  function step(by: number): void {
    const at = document.activeElement?.closest<HTMLElement>('[data-index]')?.dataset.index ?? -1;
    const index = Math.min(Math.max(Number(at) + by, 0), products.length - 1);
    scrollTo(Math.floor(index / across));
    // The tile may come into the page only with the scrolling.
    requestAnimationFrame(() => {
      place.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus();
    });
  }
  useShortcut('j', words('nextRow'), () => step(1));
  useShortcut('k', words('previousRow'), () => step(-1));

  const first = (indices[0] ?? 0) * across;
  const shown = products.slice(first, (last + 1) * across);
  return (
    <div ref={place}>
      <ul
        className={styles.grid}
        aria-label={label}
        style={{
          paddingTop: before,
          paddingBottom: after,
          gridTemplateColumns: `repeat(${across}, minmax(0, 1fr))`,
          gridAutoRows: tilePx,
        }}
      >
        {shown.map((product, offset) => (
          <li
            key={product.id}
            data-index={first + offset}
            className={product.id === openId ? styles.tileOpen : styles.tile}
          >
            <Tile product={product} link={link(product)} isOpen={product.id === openId} />
            {selection === undefined ? null : (
              <Checkbox
                size="sm"
                className={styles.tileCheck ?? ''}
                aria-label={words('choose', { name: product.name })}
                checked={selection.ids.has(product.id)}
                onChange={() => selection.toggle(product.id)}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Tile({ product, link, isOpen }: { product: ProductWire; link: LinkProps; isOpen: boolean }) {
  const { name, image_url: url, weight, gold_purity: purity, status } = product;
  return (
    <Link {...link} className={styles.tileLink ?? ''} aria-current={isOpen ? 'true' : undefined}>
      <ProductPicture url={url} className={styles.tilePicture} />
      <span className={styles.tileText}>
        <span className={styles.tileName}>{name}</span>
        <span className={styles.tileLine}>
          <Grams grams={weight} />
          <span className="nowrap">{goldPurity(purity)}</span>
        </span>
        <span className={styles.tileLine}>
          <Money rupees={product.current_price ?? product.base_price} paise={false} />
          {status === 'draft' ? <StatusMark status="draft" /> : null}
        </span>
      </span>
    </Link>
  );
}
