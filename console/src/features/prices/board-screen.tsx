// The price board that hangs at the counter: big figures, the metals' names in three languages, no controls but the one
// that leaves. Live events keep it right.

import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { use, useEffect } from 'react';
import { onBuildOld } from '../../api/build.ts';
import { useLiveState } from '../../api/use-live-state.ts';
import { formatDateTime, formatLongDate, shopDay } from '../../format/date.ts';
import { formatRupees } from '../../format/money.ts';
import { useShopName } from '../../frame/use-shop-name.ts';
import { frameWords } from '../../frame/words/frame-words.ts';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { usePrint } from '../../ui/print/use-print.tsx';
import { useShortcut } from '../../ui/shortcuts/registry.ts';
import { useMinute } from '../../ui/use-minute.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { LANGUAGES } from '../../words/language.ts';
import { useWords } from '../../words/say.ts';
import styles from './board.module.css';
import { type BoardRow, boardRows } from './board-rows.ts';
import { type Metal, purityName, seriesKey } from './price-series.ts';
import { useAllRates } from './rate-queries.ts';
import { RatesPending } from './rates-pending.tsx';
import { useSeriesName } from './set-rate-dialog.tsx';
import { priceWords } from './words/price-words.ts';

export function BoardScreen() {
  const words = useWords(priceWords);
  const frame = useWords(frameWords);
  const shop = useShopName();
  const navigate = useNavigate();
  const now = useMinute();
  const live = useLiveState();
  const { rates, error, again } = useAllRates();
  const { print, printed } = usePrint();
  const rows = boardRows(rates ?? [], shopDay);
  const leave = () => void navigate({ to: '/prices' });
  useShortcut('Escape', words('leave'), leave);
  useShortcut('mod+p', words('board'), () => print('a4', <BoardPaper rows={rows} />));
  // Nobody types here, and nobody stands at it to press a button.
  useEffect(() => onBuildOld(() => location.reload()), []);
  useEffect(() => {
    document.title = `${words('board')} · ${shop}`;
  }, [words, shop]);
  return (
    <main className={styles.board} data-shown="/prices/board">
      <header className={styles.head}>
        <h1>{shop}</h1>
        <span>{formatLongDate(now)}</span>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words('leave')} onClick={leave}>
          <IconX size={22} aria-hidden="true" />
        </ActionIcon>
      </header>
      {rates === undefined ? <RatesPending error={error} again={again} /> : <BoardTable rows={rows} />}
      <footer className={styles.foot}>
        <span role="status">
          {live === 'interrupted' ? frame('interruptedText') : words('updatesItself')}
        </span>
        <span>{words('mayChange')}</span>
      </footer>
      {printed}
    </main>
  );
}

/** The metal's name in all three languages, the same one once. */
function useMetalNames(): (metal: Metal) => string {
  const sets = LANGUAGES.map((language) => use(everydayWords.load(language)));
  return (metal) => [...new Set(sets.map((set) => set[metal]))].reverse().join(' · ');
}

function BoardTable({ rows }: { rows: readonly BoardRow[] }) {
  const words = useWords(priceWords);
  const nameOf = useMetalNames();
  const seriesName = useSeriesName();
  if (rows.length === 0) return <p className={styles.empty}>{words('boardEmpty')}</p>;
  const last =
    rows
      .map(({ at }) => at)
      .toSorted()
      .at(-1) ?? '';
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{words('kind')}</th>
            <th scope="col">{words('perGram')}</th>
            <th scope="col">{words('perTen')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={seriesKey(row)}>
              <th scope="row">
                <span className={styles.purity}>{seriesName(row)}</span>
                <span className={styles.metal}>
                  {nameOf(row.metal)}
                  {row.from === null ? null : ` · ${words('reckoned', { name: purityName(row.from) })}`}
                </span>
              </th>
              <td>{formatRupees(row.rupees)}</td>
              <td>{formatRupees(row.rupees * 10, { paise: false })}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.last}>{words('lastSet', { date: formatDateTime(last) })}</p>
    </>
  );
}

function BoardPaper({ rows }: { rows: readonly BoardRow[] }) {
  const words = useWords(priceWords);
  return (
    <>
      <PaperHead>
        <b>{words('board')}</b>
        <div>{formatDateTime(Date.now())}</div>
      </PaperHead>
      <div className={styles.paper}>
        <BoardTable rows={rows} />
      </div>
      <p>{words('mayChange')}</p>
    </>
  );
}
