import { Alert, Button, Group } from '@mantine/core';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { laidOver } from './laid-over.ts';
import type { ShopFormState } from './use-shop-form.ts';

/** What a form of something that others may change holds beside its fields: the version that it was filled from. */
export interface Versioned {
  version: number;
}

interface ConflictNoticeProps<V extends Versioned> {
  state: ShopFormState<V>;
  /** As the newest version would fill the form (live events bring it). */
  newest: V;
}

/** Another person's change to what is being edited, shown before it is overwritten: theirs is taken, or mine saved. */
export function ConflictNotice<V extends Versioned>({ state, newest }: ConflictNoticeProps<V>) {
  const words = useWords(everydayWords);
  const { form } = state;
  if (newest.version <= form.values.version) return null;
  const keep = () => {
    const { version } = newest;
    const mine = { ...laidOver(form.getValues(), form.getInitialValues(), newest), version };
    form.setInitialValues(newest);
    form.setValues(mine);
    state.submit();
  };
  return (
    <Alert color="gold" title={words('conflictTitle')} role="alert">
      {words('conflictText')}
      <Group mt="sm" gap="xs">
        <Button size="xs" onClick={state.startAfresh}>
          {words('conflictTake')}
        </Button>
        <Button size="xs" variant="default" onClick={keep}>
          {words('conflictKeep')}
        </Button>
      </Group>
    </Alert>
  );
}
