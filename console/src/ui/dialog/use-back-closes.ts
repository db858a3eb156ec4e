import { useRouter } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';

/**
 * Back, which a phone has at hand, closes the window that lies over a page, as Esc does, and does not leave the page. A
 * window that is a step of the browser's history itself goes with its step.
 */
export function useBackCloses(opened: boolean, onClose: () => void): void {
  const { history } = useRouter();
  const close = useEffectEvent(onClose);
  useEffect(() => {
    if (!opened) return;
    return history.block({
      enableBeforeUnload: false,
      blockerFn: ({ action, currentLocation }) => {
        if (action !== 'BACK' || currentLocation.state.step !== undefined) return false;
        // The browser has gone back already and returns a moment later: what closing writes into the address is of here.
        addEventListener('popstate', () => close(), { once: true });
        return true;
      },
    });
  }, [opened, history]);
}
