// Short news at the foot of the page. What can be undone carries its Undo here.

import { Button } from '@mantine/core';
import { ApiError } from '../../api/api-error.ts';
import { errorText } from '../../api/error-text.ts';
import { onForget } from '../../api/session.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say } from '../../words/say.ts';
import styles from './toast.module.css';
import { isOffered, offered, withdrawn } from './undo-offers.ts';

const SHOWN_FOR_MS = 5_000;
const UNDO_FOR_MS = 10_000;
/** A line that broke is rarely back within seconds. */
const AGAIN_FOR_MS = 60_000;
/** Signed out meanwhile; too many requests. */
const PASSING = [401, 429];

// Whoever signs in next is told nothing of the last one's, and takes nothing of it back.
onForget(() => void import('@mantine/notifications').then(({ notifications }) => notifications.clean()));

interface ToastOptions {
  /** Resolves to what is said of it where not all was taken back. */
  undo?: () => Promise<unknown>;
  /** What was changed, by id: an older Undo of any of it goes. */
  about?: readonly string[];
}

export function toast(text: string, options: ToastOptions = {}): void {
  void show(text, options, {
    color: 'gold',
    autoClose: options.undo === undefined ? SHOWN_FOR_MS : UNDO_FOR_MS,
  });
}

export function toastError(error: unknown): void {
  void show(errorText(error, 'pressed'), {}, { color: 'red', autoClose: UNDO_FOR_MS });
}

/** What shows it is loaded with the first one, since no page is painted with a toast. */
async function show(
  text: string,
  { undo, about = [], problem }: ToastOptions & { problem?: string },
  look: { color: string; autoClose: number },
): Promise<void> {
  const words = say(everydayWords);
  const { notifications, notificationsStore } = await import('@mantine/notifications');
  await withdrawUndo(about);
  // What waited for its place would be taken for news of a later press: the oldest goes, one with Undo last.
  const { notifications: there, limit } = notificationsStore.getState();
  const ids = there.map((one) => one.id ?? '');
  const oldest = ids.find((id) => !isOffered(id)) ?? ids[0];
  if (ids.length >= limit && oldest !== undefined) notifications.hide(oldest);
  const id = notifications.show({
    ...look,
    message: (
      <span className={styles.line}>
        <span>
          {text}
          {problem === undefined ? null : <span className={styles.problem}>{problem}</span>}
        </span>
        {undo === undefined ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              notifications.hide(id);
              void takeBack(text, { undo, about });
            }}
          >
            {words('undo')}
          </Button>
        )}
      </span>
    ),
    closeButtonProps: { 'aria-label': words('close') },
  });
  if (undo !== undefined) offered(id, about);
}

/** What failed on its way is offered again: there may be no other way back. */
async function takeBack(
  text: string,
  options: ToastOptions & { undo: () => Promise<unknown> },
): Promise<void> {
  try {
    const said = await options.undo();
    toast(typeof said === 'string' ? said : say(everydayWords)('undone'));
  } catch (error) {
    if (!mayWorkLater(error)) return toastError(error);
    void show(
      text,
      { ...options, problem: errorText(error, 'pressed') },
      { color: 'red', autoClose: AGAIN_FOR_MS },
    );
  }
}

function mayWorkLater(error: unknown): boolean {
  return error instanceof ApiError && (error.isOutcomeUnknown || PASSING.includes(error.status));
}

/** For a change that tells nothing itself: an older Undo of these things would undo it too. */
export async function withdrawUndo(about: readonly string[]): Promise<void> {
  const over = withdrawn(about);
  if (over.length === 0) return;
  const { notifications } = await import('@mantine/notifications');
  for (const id of over) notifications.hide(id);
}
