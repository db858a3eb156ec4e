// Backups: the last one, whether it was restored and compared, and how to bring one back.

import { ActionIcon, Alert, Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconDatabaseExport, IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { BackupsWire } from '../../../../server/src/contract/backup.ts';
import { download } from '../../api/download.ts';
import { useCan } from '../../api/use-session.ts';
import { formatBytes, formatNumber } from '../../format/number.ts';
import { Age } from '../../ui/figures.tsx';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState, NoPermission } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { useBackups } from './backup-queries.ts';
import styles from './backups.module.css';
import { backupWords } from './words/backup-words.ts';

type Attempt = BackupsWire['attempts'][number];

export function BackupsScreen() {
  const allowed = useCan('journal.read');
  const query = useBackups();
  if (!allowed) return <NoPermission />;
  return <QueryStates query={query}>{(backups) => <BackupsContent backups={backups} />}</QueryStates>;
}

function BackupsContent({ backups }: { backups: BackupsWire }) {
  const words = useWords(backupWords);
  const columns = useAttemptColumns();
  const mayExport = useCan('export.all');
  // A shop of today has none yet: the first is on its way, and nothing is wrong.
  const isComing = backups.state === 'none' && backups.nightly;
  const bad = isComing ? 'gold' : 'red';
  const color = backups.state === 'good' ? 'green' : bad;
  return (
    <>
      <Alert color={color} variant="light" mb="md" title={words(`state_${backups.state}`)}>
        {words(backups.nightly ? 'nightly' : 'notNightly')} {words('folder', { folder: backups.folder })}{' '}
        {backups.other_disk === false ? words('sameDisk') : null}
      </Alert>
      <Sheet title={words('last')} note={words('lastNote')}>
        <DataTable
          label={words('last')}
          rows={backups.attempts}
          columns={columns}
          rowKey={({ at }) => at}
          isSorted
          empty={
            <EmptyState
              icon={<IconDatabaseExport size={28} stroke={1.5} aria-hidden="true" />}
              title={words('emptyTitle')}
              text={words('emptyText')}
            />
          }
        />
      </Sheet>
      {mayExport ? (
        <Sheet title={words('export')} className={styles.restore}>
          <div className={styles.inside}>
            <p>{words('exportText')}</p>
            <Button
              style={{ justifySelf: 'start' }}
              variant="default"
              leftSection={<IconDownload size={16} stroke={1.7} aria-hidden="true" />}
              onClick={() => void download('/api/export/all', { images: true }).catch(toastError)}
            >
              {words('exportAll')}
            </Button>
          </div>
        </Sheet>
      ) : null}
      <Sheet title={words('restore')} className={styles.restore}>
        <div className={styles.inside}>
          <p>{words('restoreText')}</p>
          <div className={styles.command}>
            <code>{backups.restore_command}</code>
            <CopyButton value={backups.restore_command}>
              {({ copied, copy }) => (
                <ActionIcon variant="subtle" color="gray" aria-label={words('copy')} onClick={copy}>
                  {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                </ActionIcon>
              )}
            </CopyButton>
          </div>
        </div>
      </Sheet>
    </>
  );
}

function useAttemptColumns(): Column<Attempt>[] {
  const words = useWords(backupWords);
  return useMemo(
    () => [
      { key: 'at', header: words('when'), cell: ({ at }) => <Age at={at} /> },
      {
        key: 'outcome',
        header: words('outcome'),
        cell: ({ outcome, reason }) =>
          outcome === 'made' ? (
            <span className="in">{words('made')}</span>
          ) : (
            <span className="out">{words('failed', { reason: reason ?? '' })}</span>
          ),
        card: 'line',
      },
      {
        key: 'rows',
        header: words('rows'),
        align: 'end',
        cell: ({ rows }) => (rows === null ? '' : formatNumber(rows)),
        wideOnly: true,
      },
      {
        key: 'size',
        header: words('size'),
        align: 'end',
        cell: ({ bytes }) => (bytes === null ? '' : formatBytes(bytes)),
        card: 'title-end',
      },
      { key: 'file', header: words('file'), cell: ({ file }) => file ?? '', wideOnly: true },
    ],
    [words],
  );
}
