/** As public/sw.js has it. */
const SHELL = 'swati-shell-1';

/** Lets the browser keep the console's files, so that it opens without a connection. Needs a secure context. */
export function keepOwnFiles(): void {
  if (!isSecureContext || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Without it the console works as before; there is nothing to tell anybody.
  const { serviceWorker } = navigator;
  // At a first visit much is loaded before the worker is there to keep it.
  if (serviceWorker.controller === null) {
    serviceWorker.addEventListener('controllerchange', () => void keepLoaded().catch(() => {}), {
      once: true,
    });
  }
  serviceWorker.register('/console/sw.js', { scope: '/console/' }).catch(() => {});
}

async function keepLoaded(): Promise<void> {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
  const cache = await caches.open(SHELL);
  await cache.addAll(loaded.filter((name) => name.startsWith(`${location.origin}/console/`)));
}
