import styles from './analytics.module.css';

interface Bucket {
  label: string;
  amount: number;
  text: string;
}

/** A few bands as bars from zero, each with its figure beside it. */
export function BucketBars({ buckets }: { buckets: readonly Bucket[] }) {
  const most = Math.max(...buckets.map(({ amount }) => amount), 1);
  return (
    <div className={styles.bars}>
      {buckets.map(({ label, amount, text }) => (
        <div key={label} className={styles.bar}>
          <span>{label}</span>
          <span className={styles.track} aria-hidden="true">
            <span
              className={styles.fill}
              style={{ display: 'block', width: `${Math.max(0, (amount / most) * 100)}%` }}
            />
          </span>
          <span className={styles.amount}>{text}</span>
        </div>
      ))}
    </div>
  );
}
