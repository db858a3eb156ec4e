import type { ReactNode } from 'react';
import styles from './parts.module.css';

/** The parts of a page, each a link with an address of its own. */
export function Parts({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.parts} aria-label={label}>
      {children}
    </nav>
  );
}
