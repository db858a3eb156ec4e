import { Alert, Button, Group } from '@mantine/core';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';

interface ConflictNoticeProps {
  /** The version that the form was opened on, and the newest one known (live events bring it). */
  seen: number;
  current: number;
  onTake: () => void;
  onKeep: () => void;
}

/**
 * Another person's change to what is being edited, shown before it is overwritten. `onTake` fills the form with theirs;
 * `onKeep` makes the newest version the seen one, so that the next save is accepted.
 */
export function ConflictNotice({ seen, current, onTake, onKeep }: ConflictNoticeProps) {
  const words = useWords(everydayWords);
  if (current <= seen) return null;
  return (
    <Alert color="gold" title={words('conflictTitle')} role="alert">
      {words('conflictText')}
      <Group mt="sm" gap="xs">
        <Button size="xs" onClick={onTake}>
          {words('conflictTake')}
        </Button>
        <Button size="xs" variant="default" onClick={onKeep}>
          {words('conflictKeep')}
        </Button>
      </Group>
    </Alert>
  );
}
