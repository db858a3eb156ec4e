import { Title } from '@mantine/core';
import { createContext, type ReactNode, use, useEffect } from 'react';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import styles from './page.module.css';

/** Whether what is shown here stands beside a list that has the page's one h1 already. */
const IsBesideContext = createContext(false);

export function Beside({ children }: { children: ReactNode }) {
  return <IsBesideContext value={true}>{children}</IsBesideContext>;
}

interface PageHeaderProps {
  title: string;
  under?: ReactNode;
  /** Before the title, such as the way back on a phone. */
  before?: ReactNode;
  /** Buttons at the right; the main action last. */
  actions?: ReactNode;
}

/** The page's h1 (h2 in a detail beside its list), and the browser's title with it. */
export function PageHeader({ title, under, before, actions }: PageHeaderProps) {
  const isBeside = use(IsBesideContext);
  const words = useWords(everydayWords);
  const shop = words('shop');
  useEffect(() => {
    document.title = `${title} · ${shop}`;
  }, [title, shop]);
  return (
    <header className={styles.header}>
      {before}
      <div className={styles.heading}>
        <Title order={isBeside ? 2 : 1} className={styles.title}>
          {title}
        </Title>
        {under === undefined ? null : <div className={styles.under}>{under}</div>}
      </div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </header>
  );
}

interface SheetProps {
  title?: string;
  /** Beside the title, small. */
  note?: ReactNode;
  /** At the right end of the head, such as a link to the list behind it. */
  link?: ReactNode;
  children: ReactNode;
  className?: string | undefined;
}

/** A sheet of paper: the ground of tables, figures and charts. */
export function Sheet({ title, note, link, children, className }: SheetProps) {
  return (
    <section className={`${styles.sheet} ${className ?? ''}`} aria-label={title}>
      {title === undefined ? null : (
        <div className={styles.sheetHead}>
          <h2>{title}</h2>
          {note === undefined ? null : <span className={styles.note}>{note}</span>}
          {link === undefined ? null : <span className={styles.sheetLink}>{link}</span>}
        </div>
      )}
      {children}
    </section>
  );
}
