import type { ReactNode } from 'react';
import { PageHeader } from '../ui/layout/page.tsx';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { LanguageMenu } from './language-menu.tsx';
import { Mark } from './mark.tsx';
import styles from './outside-page.module.css';
import railStyles from './rail.module.css';

interface OutsidePageProps {
  title: string;
  text?: string;
  children: ReactNode;
}

/** A page for those who are not signed in: one sheet, one form. */
export function OutsidePage({ title, text, children }: OutsidePageProps) {
  const words = useWords(everydayWords);
  return (
    <main className={styles.page}>
      <div className={styles.shop}>
        <Mark size={28} />
        {words('shop')}
      </div>
      <div className={styles.sheet}>
        <PageHeader title={title} under={text} />
        {children}
      </div>
      <div className={styles.language}>
        <LanguageMenu className={railStyles.place} />
      </div>
    </main>
  );
}
