// Starts the console: words of the language, the session, then the page. Nothing here knows a screen.

// First: it says which layer of styles is the lowest.
import './ui/page.css';
import './ui/mantine.css';
import '@mantine/notifications/styles.layer.css';
import './words/spoken-everywhere.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { watchBuild } from './api/build.ts';
import { beginReads } from './api/hold-reads.ts';
import { keepFresh } from './api/keep-fresh.ts';
import { keepLive } from './api/live.ts';
import { getSession, mayBeSignedIn, startSession } from './api/session.ts';
import { App } from './app.tsx';
import { keepOwnFiles } from './frame/keep-own-files.ts';
import { router } from './router.tsx';
import { getLanguage } from './words/language.ts';
import { loadKnownWords } from './words/word-set.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  // All at once: the first screen needs all of it, and each is a way to the server and back. Words that cannot be had
  // stop their own screen at most, never the page that says that there is no line.
  const words = loadKnownWords(getLanguage()).catch(() => {});
  await Promise.all([words, startSession(), mayBeSignedIn() ? loadScreen().catch(() => {}) : null]);
  if (getSession().status === 'signed-in') beginReads();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  keepLive();
  keepFresh();
  watchBuild();
  keepOwnFiles();
}

/** The frame and the screen of this address, while the session is asked for. A file that is missing, the router mends. */
async function loadScreen(): Promise<void> {
  const [routes] = router.getMatchedRoutes(router.latestLocation.pathname);
  await Promise.allSettled(routes.map((route) => router.loadRouteChunk(route)));
  await loadKnownWords(getLanguage());
}

void start();
