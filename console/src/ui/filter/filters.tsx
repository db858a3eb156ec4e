import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
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
      <TextInput
        type="date"
        aria-label={labels.from}
        value={from ?? ''}
        onChange={(event) => change({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        aria-label={labels.to}
        value={to ?? ''}
        onChange={(event) => change({ to: event.currentTarget.value || undefined })}
      />
    </>
  );
}
