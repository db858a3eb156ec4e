// Paper is a screen too. `print(sheet)` puts a sheet beside the page, visible to the printer alone, and opens the
// browser's print window; afterwards it is gone.

import { useCallback, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import './print.css';

export type Paper = 'a4' | 'a5' | '80mm';

const PAGE_SIZES: Record<Paper, string> = {
  a4: 'A4 portrait; margin: 14mm 12mm 16mm',
  a5: 'A5 portrait; margin: 10mm',
  '80mm': '80mm auto; margin: 3mm',
};

interface PrintJob {
  paper: Paper;
  sheet: React.ReactNode;
}

/** Put `printed` anywhere into the component's output. */
export function usePrint() {
  const [job, setJob] = useState<PrintJob | null>(null);
  const print = useCallback((paper: Paper, sheet: React.ReactNode) => {
    // Painted before the window opens, since the window takes the page as it stands.
    flushSync(() => setJob({ paper, sheet }));
    addEventListener('afterprint', () => setJob(null), { once: true });
    window.print();
  }, []);
  const printed =
    job === null
      ? null
      : createPortal(
          <div className="paper" data-paper={job.paper}>
            <style>{`@page { size: ${PAGE_SIZES[job.paper]} }`}</style>
            {job.sheet}
          </div>,
          document.body,
        );
  return { print, printed };
}
