import { IconDiamond } from '@tabler/icons-react';
import styles from './products.module.css';

interface ProductPictureProps {
  url: string;
  /** Empty where the name stands beside it. */
  alt?: string;
  className?: string | undefined;
}

/** The picture of a piece, or a stone in its place. */
export function ProductPicture({ url, alt = '', className = '' }: ProductPictureProps) {
  if (url === '') {
    return (
      <span className={`${styles.noPicture} ${className}`} aria-hidden="true">
        <IconDiamond size="40%" stroke={1.2} />
      </span>
    );
  }
  return (
    <img src={url} alt={alt} loading="lazy" decoding="async" className={`${styles.picture} ${className}`} />
  );
}
