// How the shop stands with its backups, in one sentence, and the button that makes one now.

import { Alert, Button } from '@mantine/core';
import { IconDatabaseExport } from '@tabler/icons-react';
import { useState } from 'react';
import type { BackupsWire } from '../../../../server/src/contract/backup.ts';
import { useCan } from '../../api/use-session.ts';
import { formatDateTime } from '../../format/date.ts';
import { toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { startBackup } from './backup-queries.ts';
import styles from './backups.module.css';
import { backupWords } from './words/backup-words.ts';

export function BackupState({ backups }: { backups: BackupsWire }) {
  const words = useWords(backupWords);
  const mayMake = useCan('backups.make');
  const since = backups.under_way_since;
  return (
    <>
      <Alert
        role="status"
        color={colorOf(backups)}
        variant="light"
        mb="md"
        title={words(since === null ? `state_${backups.state}` : 'underWay')}
      >
        {since === null ? null : `${words('underWayText', { at: formatDateTime(since) })} `}
        {words(backups.nightly ? 'nightly' : 'notNightly')} {words('folder', { folder: backups.folder })}{' '}
        {backups.other_disk === false ? words('sameDisk') : null}
      </Alert>
      {mayMake ? <MakeButton isUnderWay={since !== null} /> : null}
    </>
  );
}

function colorOf({ state, nightly, under_way_since: since }: BackupsWire): string {
  // A shop of today has none yet: the first is on its way, and nothing is wrong.
  if (since !== null || (state === 'none' && nightly)) return 'gold';
  return state === 'good' ? 'green' : 'red';
}

function MakeButton({ isUnderWay }: { isUnderWay: boolean }) {
  const words = useWords(backupWords);
  const [working, setWorking] = useState(false);
  return (
    <Button
      className={styles.make ?? ''}
      leftSection={<IconDatabaseExport size={16} stroke={1.7} aria-hidden="true" />}
      loading={working}
      disabled={isUnderWay}
      onClick={() => {
        setWorking(true);
        startBackup()
          .catch(toastError)
          .finally(() => setWorking(false));
      }}
    >
      {words('make')}
    </Button>
  );
}
