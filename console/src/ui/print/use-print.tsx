// Paper is a screen too. `print(paper, sheet)` puts a sheet beside the page, visible to the printer alone, and opens the
// browser's print window; afterwards it is gone. With a language the sheet speaks that one, whatever the page speaks.

import { useCallback, useRef, useState } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { ApiError } from '../../api/api-error.ts';
import { getLanguage, type Language } from '../../words/language.ts';
import { InLanguage } from '../../words/say.ts';
import { loadKnownWords } from '../../words/word-set.ts';
import { toastError } from '../toast/toast.tsx';
import './print.css';

export type Paper = 'a4' | 'a5' | '80mm';

const PX_IN_MM = 96 / 25.4;
/** Above and below the sheet, and a little more, or its last line could begin a second page. */
const ROLL_EDGES_MM = 10;

/** What stands at the edge of a page has nothing of the sheet's style, and in a dark theme would be light. */
export const AT_EDGE =
  'font: 8pt "Inter Variable", "Noto Sans Devanagari Variable", sans-serif; color: #000000';
const NUMBERED = `@bottom-right { content: counter(page) "\u00a0/\u00a0" counter(pages); ${AT_EDGE} }`;

/** A roll is cut where the sheet ends: a page has no length of its own, so this is the sheet's. */
function pageSize(paper: Paper, sheet: HTMLElement): string {
  if (paper === 'a4') return `A4 portrait; margin: 14mm 12mm 16mm; ${NUMBERED}`;
  if (paper === 'a5') return `A5 portrait; margin: 10mm 10mm 14mm; ${NUMBERED}`;
  return `80mm ${Math.ceil(sheet.offsetHeight / PX_IN_MM) + ROLL_EDGES_MM}mm; margin: 3mm`;
}

interface PrintJob {
  paper: Paper;
  sheet: React.ReactNode;
  language: Language;
}

function toastWordsMissing(): void {
  toastError(new ApiError({ type: 'unreachable', status: 0 }));
}

/** Put `printed` anywhere into the component's output. */
export function usePrint() {
  const [job, setJob] = useState<PrintJob | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const page = useRef<HTMLStyleElement>(null);
  const show = useCallback((shown: PrintJob) => {
    // Painted before the window opens, since the window takes the page as it stands.
    flushSync(() => setJob(shown));
    if (place.current !== null && page.current !== null) {
      page.current.textContent = `@page { size: ${pageSize(shown.paper, place.current)} }`;
    }
    addEventListener('afterprint', () => setJob(null), { once: true });
    window.print();
  }, []);
  const print = useCallback(
    (paper: Paper, sheet: React.ReactNode, language: Language = getLanguage()) => {
      // A sheet that waited for its words would reach the printer empty.
      const words = language === getLanguage() ? Promise.resolve() : loadKnownWords(language);
      words.then(() => show({ paper, sheet, language }), toastWordsMissing);
    },
    [show],
  );
  const printed =
    job === null
      ? null
      : createPortal(
          <div ref={place} className="paper" data-paper={job.paper} lang={job.language} aria-hidden="true">
            <style ref={page} />
            <InLanguage value={job.language}>{job.sheet}</InLanguage>
          </div>,
          document.body,
        );
  return { print, printed };
}
