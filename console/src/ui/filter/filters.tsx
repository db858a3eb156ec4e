import type { ReactNode } from 'react';
import { DayField } from '../form/day-field.tsx';
import styles from './filters.module.css';

/** What narrows a list, in one line above it that breaks where there is no room. */
export function Filters({ children }: { children: ReactNode }) {
  return <div className={styles.filters}>{children}</div>;
}

interface DayRangeProps {
  from: string | undefined;
  to: string | undefined;
  /** The names of the two fields. */
  labels: { from: string; to: string };
  change: (changes: { from?: string | undefined; to?: string | undefined }) => void;
}

/** From one day to another; either may be left open. */
export function DayRange({ from, to, labels, change }: DayRangeProps) {
  return (
    <>
      <DayField label={labels.from} value={from} onChange={(day) => change({ from: day })} />
      <DayField label={labels.to} value={to} onChange={(day) => change({ to: day })} />
    </>
  );
}
