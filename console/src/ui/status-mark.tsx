import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import styles from './status-mark.module.css';

/** Which colour a word of state stands in; the word itself says what it is. */
const TONES = {
  pending: 'gold',
  processing: 'note',
  completed: 'in',
  cancelled: 'quiet',
  paid: 'in',
  partial: 'gold',
  unpaid: 'out',
  draft: 'quiet',
  published: 'in',
} as const;

export function StatusMark({ status }: { status: keyof typeof TONES }) {
  const words = useWords(everydayWords);
  return <span className={`${styles.mark} ${styles[TONES[status]]}`}>{words(status)}</span>;
}
