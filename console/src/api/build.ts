// Which build of the console this page is, and whether the shop has been given another since. The names of a build's files
// change with their content, so the page's main script tells one build from another.

import { onLineReturn } from './live.ts';

export const PAGE = '/console/';
const MAIN_SCRIPT = /<script type="module"[^>]* src="([^"]+)"/;

const ownElement = document.querySelector<HTMLScriptElement>('script[type="module"][src]');
/** This page's main script, as `/console/assets/index-B6oCOoBI.js`. */
export const OWN_BUILD = ownElement === null ? null : new URL(ownElement.src).pathname;

let isOld = false;
const listeners = new Set<() => void>();

export function isBuildOld(): boolean {
  return isOld;
}

export function onBuildOld(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The page as the shop has it now, and the build that it is of; null where there is no answer, or none of the console. */
export async function readServedPage(): Promise<{ page: Response; build: string } | null> {
  const page = await fetch(PAGE, { cache: 'no-store' }).catch(() => null);
  if (page === null || !page.ok) return null;
  const build = MAIN_SCRIPT.exec(await page.clone().text())?.[1];
  return build === undefined ? null : { page, build };
}

/** Asks the shop; once this page is known to be of an older build, it stays so. */
export async function askWhetherOld(): Promise<boolean> {
  const served = isOld ? null : await readServedPage();
  if (served !== null && OWN_BUILD !== null && served.build !== OWN_BUILD) {
    isOld = true;
    for (const listener of listeners) listener();
  }
  return isOld;
}

/** Whoever replaces the shop's program stops it, so the line breaks: asked when it is back. Call once. */
export function watchBuild(): void {
  onLineReturn(() => void askWhetherOld());
}
