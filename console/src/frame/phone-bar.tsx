import { Drawer } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useStep } from '../ui/use-step.ts';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { AccountMenu } from './account-menu.tsx';
import { LanguageMenu } from './language-menu.tsx';
import styles from './phone-bar.module.css';
import type { Place } from './places.ts';
import railStyles from './rail.module.css';
import { frameWords } from './words/frame-words.ts';

export function PhoneBar({ places }: { places: readonly Place[] }) {
  const words = useWords(frameWords);
  const everyday = useWords(everydayWords);
  const { isOpen, open, close } = useStep('more');
  return (
    <>
      <nav className={styles.bar} aria-label={words('places')}>
        {places
          .filter(({ onPhone }) => onPhone)
          .map(({ to, word, icon: Icon }) => (
            <Link key={to} to={to} className={styles.place} activeProps={{ className: styles.here }}>
              <Icon size={24} stroke={1.5} aria-hidden="true" />
              {words(word === 'sale' ? 'saleShort' : word)}
            </Link>
          ))}
        <button type="button" className={styles.place} onClick={() => open()}>
          <IconMenu2 size={24} stroke={1.5} aria-hidden="true" />
          {words('more')}
        </button>
      </nav>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="bottom"
        size="auto"
        title={words('more')}
        closeButtonProps={{ 'aria-label': everyday('close') }}
      >
        <div className={styles.more}>
          {places
            .filter(({ onPhone }) => !onPhone)
            .map(({ to, word, icon: Icon }) => (
              <Link key={to} to={to} className={railStyles.place} replace>
                <Icon size={20} stroke={1.6} aria-hidden="true" />
                {words(word)}
              </Link>
            ))}
          <LanguageMenu className={railStyles.place} />
          <AccountMenu className={railStyles.place} noteClassName={railStyles.note} />
        </div>
      </Drawer>
    </>
  );
}
