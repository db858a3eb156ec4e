import { TextInput } from '@mantine/core';
import { formatDate } from '../../format/date.ts';
import styles from './day-field.module.css';

interface DayFieldProps {
  /** What the day is; it stands in the field while that is empty. */
  label: string;
  value: string | undefined;
  onChange: (day: string | undefined) => void;
  min?: string;
  max?: string;
}

/** A day, shown as everywhere else: browsers show theirs as the computer's country does, month first in many. */
export function DayField({ label, value, onChange, min, max }: DayFieldProps) {
  return (
    <div className={styles.field}>
      <TextInput
        type="date"
        aria-label={label}
        value={value ?? ''}
        min={min}
        max={max}
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
      />
      <span className={styles.shown} data-empty={value === undefined} aria-hidden="true">
        {value === undefined ? label : formatDate(value)}
      </span>
    </div>
  );
}
