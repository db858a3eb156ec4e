import type { Column, DataTableProps } from './column.ts';
import styles from './data-table.module.css';
import { RowOpener } from './row-opener.tsx';
import type { ShownRows } from './table-rows.tsx';

/** The same rows on a phone: two lines each, the whole card opens the detail. */
export function CardRows<R>(props: DataTableProps<R> & ShownRows<R>) {
  const { label, columns, shown, before, after, rowKey, link, onOpen } = props;
  const [title, ...rest] = columns;
  if (title === undefined) return null;
  const at = (place: Column<R>['card']) => rest.filter(({ card }) => card === place);
  const ends = at('title-end');
  return (
    <ul className={styles.cards} aria-label={label} style={{ paddingTop: before, paddingBottom: after }}>
      {shown.map(({ index, row }) => {
        const lines = (
          <>
            <span className={`${styles.cardTitle} ${ends.length === 0 ? styles.alone : ''}`}>
              {title.cell(row)}
            </span>
            {ends.length === 0 ? null : (
              <span className={styles.cardEnd}>
                <Cells columns={ends} row={row} />
              </span>
            )}
            <span className={styles.cardLine}>
              <Cells columns={at('line')} row={row} />
            </span>
            <span className={`${styles.cardLine} ${styles.cardEnd}`}>
              <Cells columns={at('line-end')} row={row} />
            </span>
          </>
        );
        return (
          <li key={rowKey(row)} data-index={index}>
            {link === undefined && onOpen === undefined ? (
              <div className={styles.card}>{lines}</div>
            ) : (
              <RowOpener row={row} link={link} onOpen={onOpen} className={styles.card}>
                {lines}
              </RowOpener>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Cells<R>({ columns, row }: { columns: readonly Column<R>[]; row: R }) {
  return columns.map((column) => <span key={column.key}>{column.cell(row)}</span>);
}
