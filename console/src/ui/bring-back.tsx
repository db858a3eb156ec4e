import { Button } from '@mantine/core';
import { useState } from 'react';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { toast, toastError } from './toast/toast.tsx';

interface BringBackProps {
  id: string;
  name: string;
  /** Resolves once they are there again. */
  bringBack: (id: string) => Promise<unknown>;
  /** What follows it. */
  onBack?: () => void;
  /** What is said of a refusal; the server's own reason in a toast where it is left out. */
  onRefused?: (error: unknown) => Promise<void>;
}

/** Brings back who or what was removed. */
export function BringBack({ id, name, bringBack, onBack, onRefused }: BringBackProps) {
  const words = useWords(everydayWords);
  const [working, setWorking] = useState(false);
  const run = async () => {
    setWorking(true);
    try {
      await bringBack(id);
      toast(words('broughtBack', { name }), { about: [id] });
      onBack?.();
    } catch (error) {
      await (onRefused ?? toastError)(error);
      setWorking(false);
    }
  };
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      loading={working}
      aria-label={words('bringBackNamed', { name })}
      onClick={() => void run()}
    >
      {words('bringBack')}
    </Button>
  );
}
