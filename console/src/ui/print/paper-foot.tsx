import { AT_EDGE } from './use-print.tsx';

/** At the foot of each page, beside its number: a page that came loose finds its sheet again. */
export function PaperFoot({ text }: { text: string }) {
  // Nothing in it may end the string that it stands in.
  const content = `"${text.replace(/["\\\n]/g, ' ')}"`;
  return <style>{`@page { @bottom-left { content: ${content}; ${AT_EDGE} } }`}</style>;
}
