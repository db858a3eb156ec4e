import { Outlet } from '@tanstack/react-router';
import { type ComponentType, useDeferredValue, useMemo, useState } from 'react';
import { ScrollerContext } from '../table/use-rows-in-view.ts';
import { useIsWide } from '../use-wide.ts';
import styles from './list-detail.module.css';
import { Beside } from './page.tsx';

interface ListDetailProps {
  list: ComponentType<{ openId: string | undefined }>;
  /** Which of the list the address names, if any. */
  openId: string | undefined;
}

/**
 * A list with the opened thing beside it on wide screens; on narrow ones the opened thing is the page. Links to and from
 * it keep the scroll position where both are seen.
 */
export function ListDetail({ list: List, openId }: ListDetailProps) {
  const isWide = useIsWide();
  const [detail, setDetail] = useState<HTMLElement | null>(null);
  // The click that opens something is answered by what it opens; the rows hear of it right after.
  const marked = useDeferredValue(openId);
  const list = useMemo(() => <List openId={marked} />, [List, marked]);
  const isOpen = openId !== undefined;
  const isOpening = isOpen && marked === undefined;
  if (isOpen && !isWide) return <Outlet />;
  // The list keeps its place in the tree, so that it is not made anew when something opens.
  return (
    <div className={`${styles.place} ${isOpen ? styles.both : ''}`}>
      <div className={`${styles.list} ${isOpening ? styles.opening : ''}`}>
        <div>{list}</div>
      </div>
      {isOpen ? (
        <div className={styles.detail} ref={setDetail}>
          <ScrollerContext value={detail}>
            <Beside>
              <Outlet />
            </Beside>
          </ScrollerContext>
        </div>
      ) : null}
    </div>
  );
}
