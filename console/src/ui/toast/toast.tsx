// Short news at the foot of the page. What can be undone carries its Undo here.

import { Button } from '@mantine/core';
import { errorText } from '../../api/error-text.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { say } from '../../words/say.ts';
import styles from './toast.module.css';

const SHOWN_FOR_MS = 5_000;
const UNDO_FOR_MS = 10_000;

export function toast(text: string, options: { undo?: () => Promise<unknown> } = {}): void {
  void show(text, options);
}

/** What shows it is loaded with the first one, since no page is painted with a toast. */
async function show(text: string, { undo }: { undo?: () => Promise<unknown> }): Promise<void> {
  const words = say(everydayWords);
  const { notifications } = await import('@mantine/notifications');
  const id = notifications.show({
    message: (
      <span className={styles.line}>
        <span>{text}</span>
        {undo === undefined ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            onClick={() => {
              notifications.hide(id);
              undo().then(() => toast(words('undone')), toastError);
            }}
          >
            {words('undo')}
          </Button>
        )}
      </span>
    ),
    autoClose: undo === undefined ? SHOWN_FOR_MS : UNDO_FOR_MS,
    closeButtonProps: { 'aria-label': words('close') },
    color: 'gold',
  });
}

export function toastError(error: unknown): void {
  void showError(error);
}

async function showError(error: unknown): Promise<void> {
  const words = say(everydayWords);
  const { notifications } = await import('@mantine/notifications');
  notifications.show({
    message: errorText(error),
    color: 'red',
    autoClose: UNDO_FOR_MS,
    closeButtonProps: { 'aria-label': words('close') },
  });
}
