import { Skeleton } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './today.module.css';

interface TileTextProps {
  label: ReactNode;
  figure: ReactNode;
  under?: ReactNode;
  /** Against before, by a sign and a colour. */
  change?: ReactNode;
}

export function TileText({ label, figure, under, change }: TileTextProps) {
  return (
    <>
      <span className={styles.label}>{label}</span>
      <span className={styles.figure}>{figure}</span>
      <span className={styles.under}>{under}</span>
      <span className={styles.under}>{change}</span>
    </>
  );
}

interface TileProps extends TileTextProps {
  /** The list behind the figure. */
  link?: LinkProps;
}

/** One figure that matters, in large; it leads to the list behind it. */
export function Tile({ link, ...text }: TileProps) {
  const content = <TileText {...text} />;
  return link === undefined ? (
    <div className={styles.tile}>{content}</div>
  ) : (
    <Link {...link} className={styles.tile}>
      {content}
    </Link>
  );
}

export function TileSkeleton() {
  return <Skeleton height={118} radius={8} />;
}
