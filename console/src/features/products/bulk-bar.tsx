// What can be done with the chosen pieces: at once, with Undo for exactly those that it was done to.

import { Button, CloseButton } from '@mantine/core';
import { IconEye, IconEyeOff, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import type { ProductWire } from '../../../../server/src/contract/product.ts';
import { useCan } from '../../api/use-session.ts';
import { toast, toastError } from '../../ui/toast/toast.tsx';
import { useWords } from '../../words/say.ts';
import { changeMany, type ManyChanges, type ManyDone, manyText, putBack } from './change-many.ts';
import { EditManyDialog } from './edit-many-dialog.tsx';
import { refreshProducts } from './product-queries.ts';
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
  /** With the ids that stay chosen, and those that left the list; resolves once nothing shows these any more. */
  onDone: (left: readonly string[], gone?: readonly string[]) => Promise<void>;
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

  function tell(text: string, changed: readonly string[], takeBack: () => Promise<ManyDone>): void {
    const undo = async () => {
      const back = await takeBack();
      if (back.left.length > 0) await onDone(back.left);
      await refreshAfter(back);
      return back.done.length === changed.length ? undefined : manyText('putBackMany', back);
    };
    toast(text, changed.length === 0 ? {} : { undo, about: changed });
  }

  async function edit(changes: ManyChanges): Promise<void> {
    const result = await changeMany(idsOf(chosen), 'edit', changes);
    const before = chosen.filter(({ id }) => result.changed.includes(id));
    tell(manyText('editedMany', result), result.changed, () => putBack(before, changes));
    await onDone(result.left);
    await refreshAfter(result);
    // What was typed stays for those that are left.
    if (result.error !== null) throw result.error;
  }

  async function run(action: Action): Promise<void> {
    const { said, back } = ACTIONS[action];
    setWorking(action);
    try {
      const result = await changeMany(idsFor[action], action);
      tell(manyText(said, result), result.changed, () => changeMany(result.changed, back));
      await onDone(result.left, action === 'delete' ? result.done : []);
      await refreshAfter(result);
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

/** A line that broke in the middle is not waited for: what there is to say of it is said now. */
async function refreshAfter({ error }: ManyDone): Promise<void> {
  const fresh = refreshProducts();
  if (error === null) await fresh;
}

function idsOf(chosen: readonly ProductWire[], status?: ProductWire['status']): string[] {
  return chosen.filter((product) => status === undefined || product.status === status).map(({ id }) => id);
}
