// What can be done with the chosen pieces: at once, with Undo for exactly those that it was done to.

import { Button, CloseButton } from '@mantine/core';
import { IconEye, IconEyeOff, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { useCan } from '../../api/use-session.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { changeMany, refreshProducts } from './product-queries.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

const ACTIONS = {
  publish: { word: 'publishMany', said: 'publishedMany', back: 'unpublish', icon: IconEye },
  unpublish: { word: 'takeOffMany', said: 'tookOffMany', back: 'publish', icon: IconEyeOff },
  delete: { word: 'removeMany', said: 'removedMany', back: 'restore', icon: IconTrash },
} as const;
type Action = keyof typeof ACTIONS;

interface BulkBarProps {
  chosen: readonly ProductWire[];
  /** With the ids that left the list; resolves once nothing shows them any more. */
  onDone: (gone: readonly string[]) => Promise<void>;
}

export function BulkBar({ chosen, onDone }: BulkBarProps) {
  const words = useWords(productWords);
  const canPublish = useCan('catalogue.publish');
  const canWrite = useCan('catalogue.write');
  const [working, setWorking] = useState<Action | null>(null);
  if (chosen.length === 0) return null;
  const idsFor: Record<Action, string[]> = {
    publish: canPublish ? idsOf(chosen, 'draft') : [],
    unpublish: canPublish ? idsOf(chosen, 'published') : [],
    delete: canWrite ? chosen.map(({ id }) => id) : [],
  };

  async function run(action: Action): Promise<void> {
    const { said, back } = ACTIONS[action];
    setWorking(action);
    try {
      const done = await changeMany(idsFor[action], action);
      const missed = idsFor[action].length - done.length;
      const text = words(said, { count: done.length });
      const whole = missed === 0 ? text : `${text} ${words('missedMany', { count: missed })}`;
      const undo = async () => {
        await changeMany(done, back);
        await refreshProducts();
      };
      toast(whole, done.length === 0 ? {} : { undo });
      await onDone(action === 'delete' ? done : []);
      await refreshProducts();
    } catch (error) {
      toastError(error);
    } finally {
      setWorking(null);
    }
  }

  return (
    <div className={styles.bulk} role="toolbar" aria-label={words('chosen', { count: chosen.length })}>
      <span className={styles.bulkCount} aria-live="polite">
        {words('chosen', { count: chosen.length })}
      </span>
      {(Object.keys(ACTIONS) as Action[]).map((action) => {
        const count = idsFor[action].length;
        const { word, icon: Icon } = ACTIONS[action];
        if (count === 0) return null;
        return (
          <Button
            key={action}
            size="compact-md"
            variant="subtle"
            color={action === 'delete' ? 'red' : 'gold'}
            leftSection={<Icon size={16} stroke={1.7} aria-hidden="true" />}
            loading={working === action}
            disabled={working !== null && working !== action}
            onClick={() => void run(action)}
          >
            {words(word, { count })}
          </Button>
        );
      })}
      <CloseButton aria-label={words('chooseNone')} onClick={() => void onDone([])} />
    </div>
  );
}

function idsOf(chosen: readonly ProductWire[], status: ProductWire['status']): string[] {
  return chosen.filter((product) => product.status === status).map(({ id }) => id);
}
