// The archives that lie in the folder: what can be brought back.

import { useMemo } from 'react';
import type { ArchivesWire } from '../../../../server/src/contract/backup.ts';
import { formatDateTime } from '../../format/date.ts';
import { formatBytes } from '../../format/number.ts';
import { Sheet } from '../../ui/layout/page.tsx';
import { QueryStates } from '../../ui/states/query-states.tsx';
import { EmptyState } from '../../ui/states/states.tsx';
import type { Column } from '../../ui/table/column.ts';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useWords } from '../../words/say.ts';
import { useArchives } from './backup-queries.ts';
import styles from './backups.module.css';
import { CopyCommand } from './copy-command.tsx';
import { backupWords } from './words/backup-words.ts';

type Archive = NonNullable<ArchivesWire['archives']>[number];

export function ArchivesSheet() {
  const words = useWords(backupWords);
  const query = useArchives();
  return (
    <Sheet title={words('archives')} note={query.data?.folder} className={styles.restore}>
      <QueryStates query={query}>
        {({ archives }) =>
          archives === null ? (
            <EmptyState title={words('folderAwayTitle')} text={words('folderAwayText')} />
          ) : (
            <Archives archives={archives} />
          )
        }
      </QueryStates>
    </Sheet>
  );
}

function Archives({ archives }: { archives: readonly Archive[] }) {
  const words = useWords(backupWords);
  const columns = useMemo<Column<Archive>[]>(
    () => [
      { key: 'made', header: words('begun'), cell: ({ made_at: at }) => formatDateTime(at) },
      { key: 'file', header: words('file'), cell: ({ file }) => file, wideOnly: true },
      {
        key: 'size',
        header: words('size'),
        align: 'end',
        cell: ({ bytes }) => formatBytes(bytes),
        card: 'line',
      },
      {
        key: 'copy',
        header: words('copy'),
        hidesHeader: true,
        align: 'end',
        cell: ({ made_at: at, restore_command: command }) => (
          <CopyCommand command={command} of={formatDateTime(at)} />
        ),
        card: 'title-end',
        width: 48,
      },
    ],
    [words],
  );
  return (
    <DataTable
      label={words('archives')}
      rows={archives}
      columns={columns}
      rowKey={({ file }) => file}
      isSorted
      empty={<EmptyState title={words('noArchives')} />}
    />
  );
}
