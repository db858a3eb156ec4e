import { IconPlugConnectedX } from '@tabler/icons-react';
import { useWords } from '../words/say.ts';
import styles from './notice.module.css';
import { frameWords } from './words/frame-words.ts';

/** The line is gone: what is safe, and what is not saved. */
export function OfflineNotice() {
  const words = useWords(frameWords);
  return (
    <div className={styles.notice} role="status">
      <IconPlugConnectedX size={18} aria-hidden="true" />
      {words('offline')}
    </div>
  );
}
