import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useWords } from '../../words/say.ts';
import { backupWords } from './words/backup-words.ts';

/** `of`: which archive it brings back, where several stand under each other. */
export function CopyCommand({ command, of }: { command: string; of?: string }) {
  const words = useWords(backupWords);
  return (
    <CopyButton value={command}>
      {({ copied, copy }) => (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={of === undefined ? words('copy') : words('copyOf', { archive: of })}
          onClick={copy}
        >
          {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}
