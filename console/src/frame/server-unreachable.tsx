import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect } from 'react';
import { readServedPage } from '../api/build.ts';
import { startSession } from '../api/session.ts';
import { EmptyState } from '../ui/states/states.tsx';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { frameWords } from './words/frame-words.ts';

const LOOK_AGAIN_MS = 10_000;

/** Goes on once the shop's page is served again: whoever looks at a counter's screen should not have to press anything. */
function goOnOnceServed(): () => void {
  const look = () => void readServedPage().then((served) => (served === null ? undefined : startSession()));
  const timer = setInterval(look, LOOK_AGAIN_MS);
  addEventListener('online', look);
  return () => {
    clearInterval(timer);
    removeEventListener('online', look);
  };
}

/** The console opened, but the shop does not answer. */
export function ServerUnreachable() {
  useEffect(goOnOnceServed, []);
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
