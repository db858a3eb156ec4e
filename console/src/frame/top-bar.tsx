import { Tooltip } from '@mantine/core';
import { IconLockOpen2, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useLiveState } from '../api/use-live-state.ts';
import { useCan } from '../api/use-session.ts';
import { useBoardRate } from '../features/prices/price-queries.ts';
import { Age, Money } from '../ui/figures.tsx';
import { Keys } from '../ui/shortcuts/keys.tsx';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import styles from './top-bar.module.css';
import { frameWords } from './words/frame-words.ts';

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const words = useWords(frameWords);
  return (
    <section className={styles.bar} aria-label={words('topBar')}>
      <button type="button" className={styles.search} onClick={onSearch}>
        <IconSearch size={16} aria-hidden="true" />
        <span className={styles.searchText}>{words('searchOrDo')}</span>
        <Keys keys="mod+k" />
      </button>
      <BoardRate />
      <LiveMark />
    </section>
  );
}

function BoardRate() {
  const words = useWords(frameWords);
  const everyday = useWords(everydayWords);
  const { data: rate } = useBoardRate();
  const maySet = useCan('prices.set');
  // Also where a new owner has looked no further than here.
  if (rate === null && maySet)
    return (
      <Link to="/prices" className={styles.rate}>
        {words('setRate')}
      </Link>
    );
  if (!rate) return <span className={styles.rate} />;
  return (
    <span className={styles.rate}>
      <span className={styles.purity}>{words('boardRate')}</span>{' '}
      <b>
        <Money rupees={rate.price_per_gram} />
      </b>{' '}
      <span className={styles.unit}>{everyday('aGram')}</span>{' '}
      <span className={styles.age}>{words.rich('rateSet', { age: <Age at={rate.date} /> })}</span>
    </span>
  );
}

/** Whether what others do arrives here; and whether the line is a private one. */
function LiveMark() {
  const words = useWords(frameWords);
  const state = useLiveState();
  const isLive = state === 'live';
  const word = state === 'off' ? 'connecting' : state;
  return (
    <span className={styles.marks}>
      {isSecureContext ? null : (
        <Tooltip label={words('notEncryptedText')} multiline w={260}>
          <span className={styles.open} role="img" aria-label={words('notEncryptedText')}>
            <IconLockOpen2 size={15} aria-hidden="true" />
          </span>
        </Tooltip>
      )}
      <Tooltip label={words(state === 'interrupted' ? 'interruptedText' : 'liveText')} multiline w={260}>
        <span role="status" className={styles.live} data-state={word}>
          <span className={isLive ? styles.dot : `${styles.dot} ${styles.dim}`} />
          <span className={styles.liveWord}>{words(word)}</span>
        </span>
      </Tooltip>
    </span>
  );
}
