import type { BackupsWire } from '../../../../server/src/contract/backup.ts';
import { formatDate } from '../../format/date.ts';
import { Age } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { useWords } from '../../words/say.ts';
import { useBackups } from '../backups/backup-queries.ts';
import styles from './today.module.css';
import { todayWords } from './words/today-words.ts';

export function BackupSheet() {
  const words = useWords(todayWords);
  const query = useBackups();
  return (
    <Sheet title={words('backup')}>
      <QueryStates query={query}>{(backups) => <BackupLine backups={backups} />}</QueryStates>
    </Sheet>
  );
}

function BackupLine({ backups: { state, attempts, nightly } }: { backups: BackupsWire }) {
  const words = useWords(todayWords);
  const last = attempts.find(({ outcome }) => outcome === 'made');
  const isWell = state === 'good' || (state === 'none' && nightly);
  return (
    <p className={styles.backup}>
      <span className={isWell ? styles.well : styles.ill} aria-hidden="true" />
      <span className={isWell ? undefined : 'out'}>
        {state === 'good' && last !== undefined
          ? words.rich('backupGood', { age: <Age at={last.at} /> })
          : null}
        {state === 'stale' && last !== undefined ? words('backupStale', { date: formatDate(last.at) }) : null}
        {state === 'failed' ? words('backupFailed') : null}
        {state === 'none' ? words(nightly ? 'backupNone' : 'backupNever') : null}
      </span>
    </p>
  );
}
