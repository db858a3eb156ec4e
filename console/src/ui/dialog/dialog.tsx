import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { useBackCloses } from './use-back-closes.ts';

interface DialogProps {
  opened: boolean;
  title: string;
  onClose: () => void;
  children: ReactNode;
  size?: number;
}

/** A window over the page. Esc and Back close it, the focus goes back to where it came from. */
export function Dialog({ opened, title, onClose, children, size = 480 }: DialogProps) {
  const words = useWords(everydayWords);
  useBackCloses(opened, onClose);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeButtonProps={{ 'aria-label': words('close') }}
      styles={{
        title: { minWidth: 0, fontSize: 16, fontWeight: 600, lineHeight: 1.5, overflowWrap: 'anywhere' },
      }}
      transitionProps={{ duration: 100 }}
    >
      {children}
    </Modal>
  );
}
