import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../words/say.ts';
import { AccountMenu } from './account-menu.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Mark } from './mark.tsx';
import type { Place } from './places.ts';
import styles from './rail.module.css';
import { useShopName } from './use-shop-name.ts';
import { frameWords } from './words/frame-words.ts';

const FOLDED = 'swati.rail';
/** On a tablet the words of the rail would take a third of the page; who opens it there keeps it open. */
const NARROW = '(max-width: 1023px)';

function isFolded(): boolean {
  const chosen = localStorage.getItem(FOLDED);
  return chosen === null ? matchMedia(NARROW).matches : chosen === 'folded';
}

export function Rail({ places }: { places: readonly Place[] }) {
  const words = useWords(frameWords);
  const shop = useShopName();
  const [folded, setFolded] = useState(isFolded);
  const fold = () => {
    localStorage.setItem(FOLDED, folded ? 'open' : 'folded');
    setFolded(!folded);
  };
  return (
    <nav
      aria-label={words('places')}
      className={folded ? `${styles.rail} ${styles.folded}` : styles.rail}
      data-rail={folded ? 'folded' : 'open'}
    >
      <div className={styles.shop}>
        <Mark />
        <span className={styles.word}>{shop}</span>
      </div>
      <div className={styles.places}>
        {places.map(({ to, word, icon: Icon }) => (
          <Tooltip key={to} label={words(word)} position="right" disabled={!folded}>
            <Link to={to} className={styles.place} activeProps={{ className: styles.here }}>
              <Icon size={18} stroke={1.6} aria-hidden="true" />
              <span className={styles.word}>{words(word)}</span>
            </Link>
          </Tooltip>
        ))}
      </div>
      <div className={styles.foot}>
        <LanguageMenu className={styles.place} wordClassName={styles.word} />
        <AccountMenu className={styles.place} wordClassName={styles.word} noteClassName={styles.note} />
        <ActionIcon
          className={styles.fold}
          variant="subtle"
          color="gray"
          onClick={fold}
          aria-label={folded ? words('unfold') : words('fold')}
        >
          {folded ? (
            <IconLayoutSidebarLeftExpand size={18} stroke={1.6} />
          ) : (
            <IconLayoutSidebarLeftCollapse size={18} stroke={1.6} />
          )}
        </ActionIcon>
      </div>
    </nav>
  );
}
