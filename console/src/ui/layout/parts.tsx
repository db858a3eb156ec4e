import { type ReactNode, useLayoutEffect, useRef } from 'react';
import styles from './parts.module.css';

/** The parts of a page, each a link with an address of its own; on a narrow page the open one is brought into view. */
export function Parts({ label, children }: { label: string; children: ReactNode }) {
  const nav = useRef<HTMLElement>(null);
  const shown = useRef<Element | null>(null);
  // Whenever another one is open, and only then: in between a person may have moved them.
  useLayoutEffect(() => {
    // For a moment the link before is marked as well, by the router.
    const marked = nav.current?.querySelectorAll<HTMLElement>('[aria-current="page"]') ?? [];
    const open = [...marked].find((link) => link !== shown.current);
    if (nav.current === null || open === undefined) return;
    shown.current = open;
    nav.current.scrollLeft = open.offsetLeft - (nav.current.clientWidth - open.offsetWidth) / 2;
  });
  return (
    <nav ref={nav} className={styles.parts} aria-label={label}>
      {children}
    </nav>
  );
}
