import { Button } from '@mantine/core';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { EmptyState } from './states.tsx';

/** A filter that leaves nothing says so and offers to go. */
export function NothingFound({ onClear }: { onClear: () => void }) {
  const words = useWords(everydayWords);
  return (
    <EmptyState
      title={words('nothingFound')}
      action={
        <Button variant="default" onClick={onClear}>
          {words('clearFilter')}
        </Button>
      }
    />
  );
}
