import type { ReactNode } from 'react';
import { growth } from '../../format/growth.ts';
import { formatPercent } from '../../format/number.ts';
import { useWords } from '../../words/say.ts';
import styles from './analytics.module.css';
import { analyticsWords } from './words/analytics-words.ts';

export interface MetricTile {
  label: string;
  figure: ReactNode;
  /** To say how much more or less than before; left out where nothing is set beside. */
  now?: number;
  before?: number | undefined;
}

/** The figures of the whole period, each against the period set beside it. */
export function MetricTiles({ tiles }: { tiles: readonly MetricTile[] }) {
  return (
    <div className={styles.tiles}>
      {tiles.map(({ label, figure, now, before }) => (
        <div key={label} className={styles.tile}>
          <span className={styles.label}>{label}</span>
          <span className={styles.figure}>{figure}</span>
          {now === undefined || before === undefined ? null : <Against now={now} before={before} />}
        </div>
      ))}
    </div>
  );
}

function Against({ now, before }: { now: number; before: number }) {
  const words = useWords(analyticsWords);
  const change = growth(now, before);
  if (change === null) return <span className={styles.label}>{words('beforeNothing')}</span>;
  const percent = `${change < 0 ? '▼' : '▲'} ${formatPercent(Math.abs(change))}`;
  return <span className={change < 0 ? 'out' : 'in'}>{words('onBefore', { percent })}</span>;
}
