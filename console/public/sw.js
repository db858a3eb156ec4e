// Keeps the console's own files, so that it opens without a connection and says so. The shop's data is never kept here:
// what stands on a screen is the server's or nothing. The page itself is kept by the page (keep-own-files.ts), together with
// the files of its build: kept from here it could be newer than all files that are kept, and open nothing.
const SHELL = 'swati-shell-1';
const PAGE = '/console/';
/** The first script, the mark and the icons. */
const STAYS = /\/(first-paint\.js|[\w-]+\.(svg|png|webmanifest))$/;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== SHELL).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith(PAGE)) return;
  if (request.mode === 'navigate') event.respondWith(freshFile(request, PAGE));
  else if (url.pathname.startsWith(`${PAGE}assets/`)) event.respondWith(keptFile(request));
  else if (STAYS.test(url.pathname)) event.respondWith(freshAndKept(request, url.pathname));
});

/** A file under a name that stays: the newest that there is. */
async function freshAndKept(request, name) {
  const answer = await freshFile(request, name);
  if (answer.ok) {
    const cache = await caches.open(SHELL);
    await cache.put(name, answer.clone());
  }
  return answer;
}

/** As the server has it; the kept one when the server does not answer. */
async function freshFile(request, name) {
  try {
    const answer = await fetch(request);
    // What stands before the server says 502 to 504 for it.
    return (answer.status > 501 && (await caches.match(name, { ignoreVary: true }))) || answer;
  } catch (error) {
    const kept = await caches.match(name, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

/** A file under a name that changes with its content: once kept, never asked for again. */
async function keptFile(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(SHELL);
    await cache.put(request, answer.clone());
  }
  return answer;
}
