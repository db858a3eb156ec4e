// A window that is a step of the browser's history: Back, which a phone has at hand, closes it and leads nowhere else.

import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The window that this step opened. */
    step?: Step;
  }
}

type Step = 'more' | 'adding' | 'collected';

export interface HistoryStep {
  isOpen: boolean;
  /** `search`: what the address says while it is open. What is gone to from there takes its place (`replace`). */
  open: (search?: object) => void;
  close: () => void;
}

export function useStep(step: Step): HistoryStep {
  const navigate = useNavigate();
  const { history } = useRouter();
  const isOpen = useLocation({ select: ({ state }) => state.step === step });
  // The browser goes back a moment later: a second Esc until then must not take another step.
  const closing = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time that it opens or closes.
  useEffect(() => {
    closing.current = false;
  }, [isOpen]);
  return {
    isOpen,
    open: (search = {}) =>
      void navigate({
        to: '.',
        search: (before: object) => ({ ...before, ...search }),
        state: { step },
        resetScroll: false,
      }),
    close: () => {
      if (!closing.current) history.back();
      closing.current = true;
    },
  };
}
