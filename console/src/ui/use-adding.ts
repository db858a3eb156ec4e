import { useChangeSearch } from './use-change-search.ts';
import { useStep } from './use-step.ts';

/** The window for a new one of a list, which stands in the address as `add`: where a link led to it, it is no step. */
export function useAdding(): { add: () => void; close: () => void } {
  const { isOpen, open, close } = useStep('adding');
  const change = useChangeSearch<{ add?: true | undefined }>();
  return {
    add: () => open({ add: true }),
    close: () => (isOpen ? close() : change({ add: undefined })),
  };
}
