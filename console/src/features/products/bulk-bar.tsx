// What can be done with the chosen pieces: at once, with Undo for exactly those that it was done to.

import { Button, CloseButton } from '@mantine/core';
import { IconEye, IconEyeOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { useCan } from '../../api/use-session.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { EditManyDialog, type ManyChanges } from './edit-many-dialog.tsx';
import { changeMany, refreshProducts } from './product-queries.ts';
import styles from './products.module.css';
import { productWords } from './words/product-words.ts';

const ACTIONS = {
  publish: { word: 'publishMany', said: 'publishedMany', back: 'unpublish', icon: IconEye },
  unpublish: { word: 'takeOffMany', said: 'tookOffMany', back: 'publish', icon: IconEyeOff },
  delete: { word: 'removeMany', said: 'removedMany', back: 'restore', icon: IconTrash },
} as const;
type Action = keyof typeof ACTIONS;
type Said = (typeof ACTIONS)[Action]['said'] | 'editedMany';

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
  const [editing, setEditing] = useState(false);
  if (chosen.length === 0) return null;
  const idsFor: Record<Action, string[]> = {
    publish: canPublish ? idsOf(chosen, 'draft') : [],
    unpublish: canPublish ? idsOf(chosen, 'published') : [],
    delete: canWrite ? idsOf(chosen) : [],
  };

  function tell(said: Said, done: readonly string[], asked: number, takeBack: () => Promise<unknown>): void {
    const missed = asked - done.length;
    const text = words(said, { count: done.length });
    const whole = missed === 0 ? text : `${text} ${words('missedMany', { count: missed })}`;
    const undo = async () => {
      await takeBack();
      await refreshProducts();
    };
    toast(whole, done.length === 0 ? {} : { undo, about: done });
  }

  async function edit(changes: ManyChanges): Promise<void> {
    const done = await changeMany(idsOf(chosen), 'edit', changes);
    const before = chosen.filter(({ id }) => done.includes(id));
    tell('editedMany', done, chosen.length, () => putBack(before, changes));
    await onDone([]);
    await refreshProducts();
  }

  async function run(action: Action): Promise<void> {
    const { said, back } = ACTIONS[action];
    setWorking(action);
    try {
      const done = await changeMany(idsFor[action], action);
      tell(said, done, idsFor[action].length, () => changeMany(done, back));
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
      {canWrite ? (
        <Button
          size="compact-md"
          variant="subtle"
          leftSection={<IconPencil size={16} stroke={1.7} aria-hidden="true" />}
          disabled={working !== null}
          onClick={() => setEditing(true)}
        >
          {words('editMany', { count: chosen.length })}
        </Button>
      ) : null}
      <EditManyDialog count={chosen.length} opened={editing} edit={edit} onClose={() => setEditing(false)} />
      <CloseButton aria-label={words('chooseNone')} onClick={() => void onDone([])} />
    </div>
  );
}

function idsOf(chosen: readonly ProductWire[], status?: ProductWire['status']): string[] {
  return chosen.filter((product) => status === undefined || product.status === status).map(({ id }) => id);
}

/** Gives each piece what it had before, those that had the same together. */
async function putBack(before: readonly ProductWire[], changes: ManyChanges): Promise<void> {
  const names = Object.keys(changes) as (keyof ManyChanges)[];
  const had = (product: ProductWire): ManyChanges =>
    Object.fromEntries(names.map((name) => [name, product[name]]));
  const alike = new Map<string, string[]>();
  for (const product of before) {
    const key = JSON.stringify(had(product));
    alike.set(key, [...(alike.get(key) ?? []), product.id]);
  }
  for (const [key, ids] of alike) await changeMany(ids, 'edit', JSON.parse(key) as ManyChanges);
}
