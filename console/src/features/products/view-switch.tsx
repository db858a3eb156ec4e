import { SegmentedControl, VisuallyHidden } from '@mantine/core';
import { IconLayoutGrid, IconList } from '@tabler/icons-react';
import { useWords } from '../../words/say.ts';
import type { View } from './product-search.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

/** Rows or pictures. */
export function ViewSwitch({ view, onChange }: { view: View; onChange: (view: View) => void }) {
  const words = useWords(productWords);
  return (
    <SegmentedControl
      aria-label={words('view')}
      value={view}
      onChange={(value) => onChange(value as View)}
      data={[
        {
          value: 'table',
          label: (
            <span className={styles.view} title={words('viewTable')}>
              <IconList size={18} stroke={1.6} aria-hidden="true" />
              <VisuallyHidden>{words('viewTable')}</VisuallyHidden>
            </span>
          ),
        },
        {
          value: 'grid',
          label: (
            <span className={styles.view} title={words('viewGrid')}>
              <IconLayoutGrid size={18} stroke={1.6} aria-hidden="true" />
              <VisuallyHidden>{words('viewGrid')}</VisuallyHidden>
            </span>
          ),
        },
      ]}
    />
  );
}
