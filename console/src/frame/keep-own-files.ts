// Keeps the console's own files in the browser, so that it opens without a connection: the page together with the files of
// its build, and no files of builds that no tab shows any more.

import { OWN_BUILD, PAGE, readServedPage } from '../api/build.ts';

/** As public/sw.js has it. */
const SHELL = 'swati-shell-1';
/** Under which build's name the cache was last cleared of all others. */
const CLEARED_FOR = 'swati.kept-build';
const ASSETS = `${PAGE}assets/`;
const LOCK = 'swati-build ';

/** Needs a secure context; without it the console works as before, and there is nothing to tell anybody. */
export function keepOwnFiles(): void {
  if (!isSecureContext || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Held as long as this tab lives: other tabs learn by it that the files of this build are wanted.
  void navigator.locks.request(`${LOCK}${OWN_BUILD}`, { mode: 'shared' }, () => new Promise<never>(() => {}));
  const { serviceWorker } = navigator;
  // At a first visit much is loaded before the worker is there to keep it.
  const controlled =
    serviceWorker.controller === null
      ? new Promise((resolve) => {
          serviceWorker.addEventListener('controllerchange', resolve, { once: true });
        })
      : Promise.resolve();
  serviceWorker
    .register('/console/sw.js', { scope: PAGE })
    .then(() => controlled)
    .then(keepThisBuild)
    .catch(() => {});
}

async function keepThisBuild(): Promise<void> {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  const served = await readServedPage();
  // Replaced in this moment: the new page keeps itself when it is loaded.
  if (served === null || served.build !== OWN_BUILD) return;
  const cache = await caches.open(SHELL);
  const kept = await keptPaths(cache);
  const wanted = loaded
    .filter(({ origin, pathname }) => origin === location.origin && pathname.startsWith(PAGE))
    .map(({ pathname }) => pathname)
    .filter((path) => path !== PAGE && !kept.includes(path));
  // Before the files of a first visit, which nobody misses; after those of a new build, or the kept page would want files
  // that are not kept when the line breaks in between.
  const isFirst = !kept.includes(PAGE);
  if (isFirst) await cache.put(PAGE, served.page);
  await cache.addAll([...new Set(wanted)]);
  if (!isFirst) await cache.put(PAGE, served.page);
  await dropOldFiles(cache);
}

async function keptPaths(cache: Cache): Promise<string[]> {
  return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}

interface BuiltFile {
  file: string;
  css?: string[];
  assets?: string[];
}

/** Once for each build, as soon as no tab shows another: an open page may still want any file of its own. */
async function dropOldFiles(cache: Cache): Promise<void> {
  if (localStorage.getItem(CLEARED_FOR) === OWN_BUILD) return;
  const { held = [] } = await navigator.locks.query();
  const isOther = ({ name = '' }: LockInfo) => name.startsWith(LOCK) && name !== `${LOCK}${OWN_BUILD}`;
  if (held.some(isOther)) return;
  const list = await fetch(`${PAGE}build-manifest.json`, { cache: 'no-store' });
  if (!list.ok) return;
  const built = Object.values((await list.json()) as Record<string, BuiltFile>);
  const files = new Set(built.flatMap(({ file, css = [], assets = [] }) => [file, ...css, ...assets]));
  if (!files.has((OWN_BUILD ?? '').slice(PAGE.length))) return;
  const old = (await keptPaths(cache)).filter(
    (path) => path.startsWith(ASSETS) && !files.has(path.slice(PAGE.length)),
  );
  await Promise.all(old.map((path) => cache.delete(path, { ignoreVary: true })));
  localStorage.setItem(CLEARED_FOR, OWN_BUILD ?? '');
}
