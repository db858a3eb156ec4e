import { Button } from '@mantine/core';
import { type ErrorComponentProps, useNavigate } from '@tanstack/react-router';
import { PageHeader } from '../ui/layout/page.tsx';
import { EmptyState } from '../ui/states/states.tsx';
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

/** A defect of ours, or a screen whose files went away with a new version: loading again mends the second. */
export function PageCrashed({ error }: ErrorComponentProps) {
  const words = useWords(everydayWords);
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
