import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { startSession } from '../api/session.ts';
import { EmptyState } from '../ui/states/states.tsx';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { frameWords } from './words/frame-words.ts';

/** The console opened, but the shop does not answer. */
export function ServerUnreachable() {
  const words = useWords(frameWords);
  const everyday = useWords(everydayWords);
  return (
    <main style={{ paddingTop: '15vh' }}>
      <h1 className="unseen">{words('unreachableTitle')}</h1>
      <EmptyState
        icon={<IconPlugConnectedX size={32} stroke={1.5} aria-hidden="true" />}
        title={words('unreachableTitle')}
        text={words('unreachableText')}
        action={<Button onClick={() => void startSession()}>{everyday('retry')}</Button>}
      />
    </main>
  );
}
