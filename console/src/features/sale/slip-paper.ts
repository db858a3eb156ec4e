// Which paper the printer at this counter takes; each device remembers its own.

import type { Paper } from '../../ui/print/use-print.tsx';

const KEPT_UNDER = 'swati.slip-paper';
export const SLIP_PAPERS = ['80mm', 'a5', 'a4'] as const satisfies readonly Paper[];

export function getSlipPaper(): Paper {
  const kept = localStorage.getItem(KEPT_UNDER);
  return SLIP_PAPERS.find((paper) => paper === kept) ?? '80mm';
}

export function keepSlipPaper(paper: Paper): void {
  localStorage.setItem(KEPT_UNDER, paper);
}
