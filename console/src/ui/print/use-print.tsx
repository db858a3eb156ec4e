// Paper is a screen too. `print(sheet)` puts a sheet beside the page, visible to the printer alone, and opens the
// browser's print window; afterwards it is gone.

import { useCallback, useRef, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import './print.css';

export type Paper = 'a4' | 'a5' | '80mm';

const PX_IN_MM = 96 / 25.4;
/** Above and below the sheet, and a little more, or its last line could begin a second page. */
const ROLL_EDGES_MM = 10;

/** A roll is cut where the sheet ends: a page has no length of its own, so this is the sheet's. */
function pageSize(paper: Paper, sheet: HTMLElement): string {
  if (paper === 'a4') return 'A4 portrait; margin: 14mm 12mm 16mm';
  if (paper === 'a5') return 'A5 portrait; margin: 10mm';
  return `80mm ${Math.ceil(sheet.offsetHeight / PX_IN_MM) + ROLL_EDGES_MM}mm; margin: 3mm`;
}

interface PrintJob {
  paper: Paper;
  sheet: React.ReactNode;
}

/** Put `printed` anywhere into the component's output. */
export function usePrint() {
  const [job, setJob] = useState<PrintJob | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLStyleElement>(null);
  const print = useCallback((paper: Paper, sheet: React.ReactNode) => {
    // Painted before the window opens, since the window takes the page as it stands.
    flushSync(() => setJob({ paper, sheet }));
    if (place.current !== null && page.current !== null) {
      page.current.textContent = `@page { size: ${pageSize(paper, place.current)} }`;
    }
    addEventListener('afterprint', () => setJob(null), { once: true });
    window.print();
  }, []);
  const printed =
    job === null
      ? null
      : createPortal(
          <div ref={place} className="paper" data-paper={job.paper} aria-hidden="true">
            <style ref={page} />
            {job.sheet}
          </div>,
          document.body,
        );
  return { print, printed };
}
