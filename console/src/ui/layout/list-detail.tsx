import { Outlet } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { ScrollerContext } from '../table/use-rows-in-view.ts';
import { useIsWide } from '../use-wide.ts';
import styles from './list-detail.module.css';
import { Beside } from './page.tsx';

interface ListDetailProps {
  list: ReactNode;
  /** Whether the address names a detail. */
  isOpen: boolean;
}

/** A list with the opened thing beside it on wide screens; on narrow ones the opened thing is the page. */
export function ListDetail({ list, isOpen }: ListDetailProps) {
  const isWide = useIsWide();
  const [detail, setDetail] = useState<HTMLElement | null>(null);
  if (!isOpen) return list;
  if (!isWide) return <Outlet />;
  return (
    <div className={styles.both}>
      <div className={styles.list}>{list}</div>
      <div className={styles.detail} ref={setDetail}>
        <ScrollerContext value={detail}>
          <Beside>
            <Outlet />
          </Beside>
        </ScrollerContext>
      </div>
    </div>
  );
}
