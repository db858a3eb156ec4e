import { IconScan } from '@tabler/icons-react';
import { useRef } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { formatRupees } from '../../format/money.ts';
import { decimals } from '../../format/number.ts';
import { goldPurity } from '../../format/purity.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { Picker } from '../../ui/picker/picker.tsx';
import { Keys } from '../../ui/shortcuts/keys.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { EmptyState } from '../../ui/states/states.tsx';
import { useHasRail } from '../../ui/use-wide.ts';
import { useWords } from '../../words/say.ts';
import { LineRow } from './line-row.tsx';
import styles from './pieces.module.css';
import { findSalePieces } from './sale-queries.ts';
import type { SaleInTheMaking } from './use-sale.ts';
import { saleWords } from './words/sale-words.ts';

/** What is sold: the lines with their working, and the field that scans or finds the next piece. */
export function PiecesSheet({ sale }: { sale: SaleInTheMaking }) {
  const words = useWords(saleWords);
  const field = useRef<HTMLInputElement>(null);
  // On a phone the keyboard on the glass would cover the page.
  const hasRail = useHasRail();
  const { lines, state } = sale;
  useShortcut('/', words('findPiece'), () => field.current?.focus());
  return (
    <Sheet className={styles.pieces}>
      {lines.length === 0 ? (
        <EmptyState
          icon={<IconScan size={28} stroke={1.5} aria-hidden="true" />}
          title={words('emptyTitle')}
          text={words('emptyText')}
        />
      ) : (
        <>
          <div className={styles.head} aria-hidden="true">
            <span>{words('piece')}</span>
            <span>{words('netWeight')}</span>
            <span>{words('metal')}</span>
            <span>{words('making')}</span>
            <span>{words('quantity')}</span>
            <span>{words('each')}</span>
            <span>{words('amount')}</span>
          </div>
          <ol className={styles.lines}>
            {lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one piece can stand there at two prices.
              <LineRow key={`${line.id} ${index}`} sale={sale} line={line} index={index} />
            ))}
          </ol>
        </>
      )}
      <div className={styles.scan}>
        <Picker
          label={words('findPiece')}
          noun="products"
          path="lines"
          inputRef={field}
          autoFocus={hasRail}
          icon={<IconScan size={18} stroke={1.6} aria-hidden="true" />}
          keys={<Keys keys="/" />}
          nothing={words('noPiece')}
          error={state.form.errors.lines}
          find={async (text, signal) =>
            (await findSalePieces(text, signal)).map((thing) => ({
              id: thing.id,
              title: thing.name,
              note: <PieceNote piece={thing} />,
              thing,
            }))
          }
          onPick={sale.add}
        />
      </div>
    </Sheet>
  );
}

function PieceNote({ piece }: { piece: ProductWire }) {
  const words = useWords(saleWords);
  const { gold_purity: purity, weight, stock_quantity: count, current_price: price } = piece;
  return (
    <span className="figures">
      {`${goldPurity(purity)} · ${decimals(weight, 3)} g · ${price === undefined ? '' : formatRupees(price)} · `}
      {count === 0 ? <span className="out">{words('soldOut')}</span> : words('inStock', { count })}
    </span>
  );
}
