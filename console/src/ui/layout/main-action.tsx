import { Button } from '@mantine/core';
import type { IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { Keys } from '../shortcuts/keys.tsx';
import { useShortcut } from '../shortcuts/registry.ts';
import styles from './main-action.module.css';

interface MainActionProps {
  label: string;
  icon: ComponentType<IconProps>;
  keys?: string;
  onClick: () => void;
}

/** The one main action of a screen: gold in the head, floating above the bar on a phone. */
export function MainAction({ label, icon: Icon, keys = 'n', onClick }: MainActionProps) {
  useShortcut(keys, label, onClick);
  return (
    <Button
      className={styles.action ?? ''}
      data-floats
      leftSection={<Icon size={18} stroke={1.8} aria-hidden="true" />}
      rightSection={<Keys keys={keys} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
