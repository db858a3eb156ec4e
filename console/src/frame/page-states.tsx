import { Button } from '@mantine/core';
import { type ErrorComponentProps, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { askWhetherOld, readServedPage } from '../api/build.ts';
import { lineReturns, onLiveState } from '../api/live.ts';
import { PageHeader } from '../ui/layout/page.tsx';
import { EmptyState } from '../ui/states/states.tsx';
import { errorWords } from '../words/errors/error-words.ts';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';

export function PageNotFound() {
  const words = useWords(everydayWords);
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={words('notFoundTitle')} />
      <EmptyState
        title={words('notFoundText')}
        action={<Button onClick={() => void navigate({ to: '/today' })}>{words('goToToday')}</Button>}
      />
    </>
  );
}

/** What browsers say when a screen's files do not come. */
const FILES_MISSING = /dynamically imported module|module script|preload CSS/i;

/** A defect of ours, or a screen whose files did not come: the line broke, or a new build took them away. */
export function PageCrashed({ error }: ErrorComponentProps) {
  const words = useWords(everydayWords);
  if (error instanceof Error && FILES_MISSING.test(error.message)) return <FilesMissing />;
  return (
    <div role="alert">
      <PageHeader title={words('crashedTitle')} />
      <EmptyState
        title={words('crashedText')}
        text={<code>{error instanceof Error ? error.message : null}</code>}
        action={<Button onClick={() => location.reload()}>{words('reload')}</Button>}
      />
    </div>
  );
}

/** A page of an older build is loaded anew, at the address that was wanted; else it waits here until there is a line. */
function FilesMissing() {
  const words = useWords(everydayWords);
  const errors = useWords(errorWords);
  const [asking, setAsking] = useState(true);
  const reloadIf = (answer: Promise<boolean>) => {
    setAsking(true);
    void answer.then((isGood) => (isGood ? location.reload() : setAsking(false)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once.
  useEffect(() => reloadIf(askWhetherOld()), []);
  // The page of no line is no page to try it from.
  const again = () => reloadIf(readServedPage().then((served) => served !== null));
  // By itself, once the line is back. A page that had its line all the time would find the same files missing again.
  const returns = useSyncExternalStore(onLiveState, lineReturns);
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each return of the line.
  useEffect(() => {
    if (returns > 0) again();
  }, [returns]);
  return (
    <div role="alert">
      <PageHeader title={words('errorTitle')} />
      <EmptyState
        title={errors('waitForLine')}
        action={
          <Button loading={asking} onClick={again}>
            {words('reload')}
          </Button>
        }
      />
    </div>
  );
}
