// Backups: the last ones, whether they were restored and compared, the archives there are, and how to bring one back.

import { Button } from '@mantine/core';
import { IconDatabaseExport, IconDownload } from '@tabler/icons-react';
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
import { ArchivesSheet } from './archives-sheet.tsx';
import { useBackups } from './backup-queries.ts';
import { BackupState } from './backup-state.tsx';
import styles from './backups.module.css';
import { CopyCommand } from './copy-command.tsx';
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
  return (
    <>
      <BackupState backups={backups} />
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
      <ArchivesSheet />
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
            <CopyCommand command={backups.restore_command} />
          </div>
        </div>
      </Sheet>
    </>
  );
}

function Outcome({ attempt: { outcome, reason } }: { attempt: Attempt }) {
  const words = useWords(backupWords);
  if (outcome === 'made') return <span className="in">{words('made')}</span>;
  const text = outcome === 'failed' ? words('failed', { reason: reason ?? '' }) : words('asked');
  return <span className="out">{text}</span>;
}

function useAttemptColumns(): Column<Attempt>[] {
  const words = useWords(backupWords);
  return useMemo(
    () => [
      { key: 'at', header: words('when'), cell: ({ at }) => <Age at={at} /> },
      {
        key: 'outcome',
        header: words('outcome'),
        cell: (attempt) => <Outcome attempt={attempt} />,
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
