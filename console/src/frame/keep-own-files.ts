/** Lets the browser keep the console's files, so that it opens without a connection. Needs a secure context. */
export function keepOwnFiles(): void {
  if (!isSecureContext || !import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  // Without it the console works as before; there is nothing to tell anybody.
  navigator.serviceWorker.register('/console/sw.js', { scope: '/console/' }).catch(() => {});
}
