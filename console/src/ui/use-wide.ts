import { useSyncExternalStore } from 'react';

interface Width {
  subscribe: (listener: () => void) => () => void;
  read: () => boolean;
}

/**
 * While something is printed the window counts as narrow as the paper. The page keeps the form that it has on the screen,
 * or what is open in it would be made anew, and the sheet that is printed from there would be gone.
 */
function screenWidth(query: string): Width {
  const width = matchMedia(query);
  const paper = matchMedia('print');
  let matches = width.matches;
  return {
    subscribe: (listener) => {
      width.addEventListener('change', listener);
      paper.addEventListener('change', listener);
      return () => {
        width.removeEventListener('change', listener);
        paper.removeEventListener('change', listener);
      };
    },
    read: () => {
      if (!paper.matches) matches = width.matches;
      return matches;
    },
  };
}

const forRail = screenWidth('(min-width: 768px)');
const forDetail = screenWidth('(min-width: 1200px)');

/** Room for a rail at the side (else the bar at the foot). The style sheets use the same width. */
export function useHasRail(): boolean {
  return useSyncExternalStore(forRail.subscribe, forRail.read);
}

/** Room for a detail beside its list. */
export function useIsWide(): boolean {
  return useSyncExternalStore(forDetail.subscribe, forDetail.read);
}
