import { Checkbox } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useWords } from '../../words/say.ts';
import { type Column, type DataTableProps, nextSort } from './column.ts';
import styles from './data-table.module.css';
import { RowOpener } from './row-opener.tsx';
import { tableWords } from './words/table-words.ts';

export interface ShownRows<R> {
  shown: readonly { index: number; row: R }[];
  count: number;
  /** Pixels of rows that are not in the page, above and below. */
  before: number;
  after: number;
}

export function TableRows<R>(props: DataTableProps<R> & ShownRows<R>) {
  const { label, columns, shown, count, before, after, rowKey, link, onOpen, selection, openKey } = props;
  const { rowName = rowKey } = props;
  const words = useWords(tableWords);
  const opens = link !== undefined || onOpen !== undefined;
  const width = columns.length + (selection === undefined ? 0 : 1);
  return (
    <table className={styles.table} aria-label={label} aria-rowcount={count + 1}>
      <TableHead {...props} />
      <tbody>
        <Gap px={before} width={width} />
        {shown.map(({ index, row }) => {
          const id = rowKey(row);
          return (
            <tr
              key={id}
              data-index={index}
              aria-rowindex={index + 2}
              className={id === openKey ? styles.open : undefined}
            >
              {selection === undefined ? null : (
                <td className={styles.check}>
                  <Checkbox
                    size="xs"
                    aria-label={words('choose', { name: rowName(row) })}
                    checked={selection.ids.has(id)}
                    onChange={() => selection.toggle(id)}
                  />
                </td>
              )}
              {columns.map((column, place) => (
                <td key={column.key} className={column.align === 'end' ? styles.end : undefined}>
                  {place === 0 && opens ? (
                    <RowOpener
                      row={row}
                      link={link}
                      onOpen={onOpen}
                      className={styles.link}
                      isCurrent={id === openKey}
                    >
                      {column.cell(row)}
                    </RowOpener>
                  ) : (
                    column.cell(row)
                  )}
                </td>
              ))}
            </tr>
          );
        })}
        <Gap px={after} width={width} />
      </tbody>
    </table>
  );
}

function Gap({ px, width }: { px: number; width: number }) {
  if (px <= 0) return null;
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it can have the focus; it is height alone.
    <tr aria-hidden="true" className={styles.gap}>
      <td colSpan={width} style={{ height: px }} />
    </tr>
  );
}

function TableHead<R>({ columns, rows, rowKey, sort, onSort, selection }: DataTableProps<R>) {
  const words = useWords(tableWords);
  const chosen = selection === undefined ? 0 : rows.filter((row) => selection.ids.has(rowKey(row))).length;
  return (
    <thead>
      <tr>
        {selection === undefined ? null : (
          <th scope="col" className={styles.check}>
            <Checkbox
              size="xs"
              aria-label={words('chooseAll')}
              checked={chosen > 0 && chosen === rows.length}
              indeterminate={chosen > 0 && chosen < rows.length}
              onChange={() => selection.toggleAll(rows.map(rowKey))}
            />
          </th>
        )}
        {columns.map((column) => (
          <th
            key={column.key}
            scope="col"
            className={column.align === 'end' ? styles.end : undefined}
            style={column.width === undefined ? undefined : { width: column.width }}
            aria-sort={ariaSort(column, sort)}
          >
            {column.sortBy === undefined || onSort === undefined ? (
              <span className={column.hidesHeader ? 'unseen' : undefined}>{column.header}</span>
            ) : (
              <button
                type="button"
                className={styles.sort}
                onClick={() => onSort(nextSort(column.key, sort))}
              >
                {column.header}
                <SortMark column={column} sort={sort} />
              </button>
            )}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function ariaSort<R>({ key, sortBy }: Column<R>, sort: string | undefined) {
  if (sortBy === undefined) return undefined;
  if (sort === key) return 'ascending';
  return sort === `-${key}` ? 'descending' : 'none';
}

function SortMark<R>({ column: { key }, sort }: { column: Column<R>; sort: string | undefined }) {
  if (sort === key) return <IconChevronUp size={14} aria-hidden="true" />;
  return sort === `-${key}` ? <IconChevronDown size={14} aria-hidden="true" /> : null;
}
