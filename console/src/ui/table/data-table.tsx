// A list of things: a table with a mouse, cards of two lines on a phone. Only the rows in view are in the page, so that
// five thousand are as quick as fifty.

import { useEffect, useMemo, useRef } from 'react';
import { useLanguage, useWords } from '../../words/say.ts';
import { useShortcut } from '../shortcuts/registry.ts';
import { useHasRail } from '../use-wide.ts';
import { CardRows } from './card-rows.tsx';
import { type DataTableProps, sortRows } from './column.ts';
import { TableRows } from './table-rows.tsx';
import { useRowsInView, useWidth } from './use-rows-in-view.ts';
import { tableWords } from './words/table-words.ts';

/** As in the style sheet. */
const ROW_PX = matchMedia('(pointer: coarse)').matches ? 48 : 40;
const CARD_PX = 69;
/** Room for seven columns: what an old screen of 1024 pixels leaves beside the rail and a scroll bar. */
const WIDE_PX = 720;
const ROOMY_PX = 860;
/** With less for each, the columns stand closer together: a ledger's five would leave their sheet on a tablet. */
const COLUMN_PX = 124;

export function DataTable<R>(props: DataTableProps<R>) {
  const { rows, sort, isSorted = false, empty, onEnd } = props;
  const words = useWords(tableWords);
  const language = useLanguage();
  const asTable = useHasRail();
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  const isWide = width >= WIDE_PX;
  const isRoomy = width >= ROOMY_PX;
  const columns = useMemo(
    () =>
      props.columns.filter(
        ({ wideOnly = false, roomyOnly = false }) =>
          !asTable || ((isWide || !wideOnly) && (isRoomy || !roomyOnly)),
      ),
    [props.columns, isWide, isRoomy, asTable],
  );
  const sorted = useMemo(
    () => (isSorted ? rows : sortRows(rows, props.columns, sort, language)),
    [rows, props.columns, sort, isSorted, language],
  );
  const view = useRowsInView(place, sorted.length, asTable ? ROW_PX : CARD_PX);
  const last = view.indices.at(-1) ?? 0;
  useEffect(() => {
    if (sorted.length > 0 && last >= sorted.length - 1) onEnd?.();
  }, [last, sorted.length, onEnd]);

  // Rows become cards when a phone is turned.
  const { measure } = view;
  const wasTable = useRef(asTable);
  useEffect(() => {
    if (wasTable.current !== asTable) measure();
    wasTable.current = asTable;
  });

  function step(by: number): void {
    const index = Math.min(Math.max(currentIndex(place.current) + by, 0), sorted.length - 1);
    view.scrollTo(index);
    // The row may come into the page only with the scrolling.
    requestAnimationFrame(() => {
      place.current?.querySelector<HTMLElement>(`[data-index="${index}"] :is(a, button)`)?.focus();
    });
  }
  useShortcut('j', words('nextRow'), () => step(1), { when: sorted.length > 0 });
  useShortcut('k', words('previousRow'), () => step(-1), { when: sorted.length > 0 });

  // A shorter list can be painted once before the view has heard of it.
  const shown = view.indices.flatMap((index) => {
    const row = sorted[index];
    return row === undefined ? [] : [{ index, row }];
  });
  const Rows = asTable ? TableRows : CardRows;
  return (
    <div ref={place} data-tight={width < columns.length * COLUMN_PX || undefined}>
      {rows.length === 0 ? (
        empty
      ) : (
        <Rows
          {...props}
          columns={columns}
          shown={shown}
          count={sorted.length}
          before={view.before}
          after={view.after}
        />
      )}
    </div>
  );
}

/** The row that has the focus; before the first one, -1. */
function currentIndex(place: HTMLElement | null): number {
  const row = document.activeElement?.closest<HTMLElement>('[data-index]');
  if (row === null || row === undefined || !place?.contains(row)) return -1;
  return Number(row.dataset.index);
}
