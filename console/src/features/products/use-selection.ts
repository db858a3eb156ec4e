import { useMemo, useState } from 'react';
import type { Selection } from '../../ui/table/column.ts';

/** Which things of a list are chosen. Those that a filter takes away are chosen no more. */
export function useSelection<T extends { id: string }>(things: readonly T[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const chosen = useMemo(() => things.filter(({ id }) => ids.has(id)), [things, ids]);
  const selection: Selection = {
    ids,
    toggle: (id) =>
      setIds((before) => {
        const after = new Set(before);
        if (!after.delete(id)) after.add(id);
        return after;
      }),
    toggleAll: (all) => setIds((before) => (all.every((id) => before.has(id)) ? new Set() : new Set(all))),
  };
  return { selection, chosen, keepChosen: (kept: readonly string[]) => setIds(new Set(kept)) };
}
