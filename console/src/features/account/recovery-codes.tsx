import { Button, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconPrinter } from '@tabler/icons-react';
import { useSession } from '../../api/use-session.ts';
import { PaperHead } from '../../ui/print/paper-head.tsx';
import { usePrint } from '../../ui/print/use-print.tsx';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './account.module.css';
import { accountWords } from './words/account-words.ts';

interface RecoveryCodesProps {
  codes: readonly string[];
  onDone: () => void;
}

/** Shown once: the shop keeps their hashes alone. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const words = useWords(accountWords);
  const everyday = useWords(everydayWords);
  const { me } = useSession();
  const { print, printed } = usePrint();
  const list = (
    <ol className={styles.codes} aria-label={words('recoveryCodes')}>
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ol>
  );
  const sheet = (
    <>
      <PaperHead>{me?.username}</PaperHead>
      <p>{words('recoveryText')}</p>
      {list}
    </>
  );
  return (
    <Stack gap="md">
      <Text fw={600}>{words('recoveryOnce')}</Text>
      <Text>{words('recoveryText')}</Text>
      {list}
      <Group>
        {/* Browsers copy for pages from a safe address alone. */}
        {isSecureContext ? (
          <CopyButton value={codes.join('\n')}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                onClick={copy}
              >
                {words(copied ? 'copied' : 'copyCodes')}
              </Button>
            )}
          </CopyButton>
        ) : null}
        <Button variant="default" leftSection={<IconPrinter size={16} />} onClick={() => print('a5', sheet)}>
          {everyday('print')}
        </Button>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onDone}>{words('keptThem')}</Button>
      </Group>
      {printed}
    </Stack>
  );
}
