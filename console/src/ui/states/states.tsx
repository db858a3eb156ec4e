// What stands in place of content: nothing yet, an error, no permission, a page that is loading.

import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { errorText } from '../../api/error-text.ts';
import { errorWords } from '../../words/errors/error-words.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { PageHeader } from '../layout/page.tsx';
import styles from './states.module.css';

interface StateProps {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  action?: ReactNode;
}

/** An empty list teaches the first step: one sentence, one button. */
export function EmptyState({ icon, title, text, action }: StateProps) {
  return (
    <div className={styles.state}>
      {icon}
      <p className={styles.title}>{title}</p>
      {text === undefined ? null : <p className="muted">{text}</p>}
      {action}
    </div>
  );
}

export function NoPermission() {
  const words = useWords(everydayWords);
  return (
    <EmptyState
      icon={<IconLock size={28} stroke={1.5} aria-hidden="true" />}
      title={words('noPermissionTitle')}
      text={words('noPermissionText')}
    />
  );
}

/** A whole screen that is not open to this account. */
export function PageNotAllowed() {
  const words = useWords(everydayWords);
  return (
    <>
      <PageHeader title={words('noPermissionTitle')} />
      <EmptyState
        icon={<IconLock size={28} stroke={1.5} aria-hidden="true" />}
        title={words('noPermissionText')}
      />
    </>
  );
}

/** The address of what was removed, or never was; `back` leads to where it can be brought back. */
export function NotThere({ error, back }: { error: unknown; back: ReactNode }) {
  const words = useWords(everydayWords);
  return (
    <>
      <PageHeader title={errorText(error)} />
      <EmptyState title={words('notFoundText')} action={back} />
    </>
  );
}

/** Says what happened and what to do; `again` asks once more. */
export function ErrorState({ error, again }: { error: unknown; again?: () => void }) {
  const words = useWords(everydayWords);
  const errors = useWords(errorWords);
  if (isApiError(error, 'forbidden')) return <NoPermission />;
  const id = isApiError(error) ? error.requestId : undefined;
  return (
    <div role="alert">
      <EmptyState
        icon={<IconAlertTriangle size={28} stroke={1.5} aria-hidden="true" />}
        title={words('errorTitle')}
        text={
          <>
            {errorText(error, 'read')}
            {id === undefined ? null : (
              <span className={styles.reference}>{errors('reference', { id })}</span>
            )}
          </>
        }
        action={
          again === undefined ? null : (
            <Button variant="default" leftSection={<IconRefresh size={16} />} onClick={again}>
              {words('retry')}
            </Button>
          )
        }
      />
    </div>
  );
}

/** The skeleton of rows; its height is that of the rows that will come, so that nothing jumps. */
export function LoadingRows({ count = 8 }: { count?: number }) {
  const words = useWords(everydayWords);
  return (
    <div className={styles.rows} aria-busy="true">
      <span className="unseen" role="status">
        {words('loading')}
      </span>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike.
        <Skeleton key={index} height={16} my={10} width={`${92 - ((index * 17) % 30)}%`} />
      ))}
    </div>
  );
}
