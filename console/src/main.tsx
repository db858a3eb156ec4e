// Starts the console: words of the language, the session, then the page. Nothing here knows a screen.

// First: it says which layer of styles is the lowest.
import './ui/page.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import './words/spoken-everywhere.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepFresh } from './api/keep-fresh.ts';
import { keepLive } from './api/live.ts';
import { mayBeSignedIn, startSession } from './api/session.ts';
import { App } from './app.tsx';
import { keepOwnFiles } from './frame/keep-own-files.ts';
import { getLanguage } from './words/language.ts';
import { loadKnownWords } from './words/word-set.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  // All at once: the first screen needs all of it, and each is a way to the server and back.
  await Promise.all([loadKnownWords(getLanguage()), startSession(), mayBeSignedIn() ? loadFrame() : null]);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  keepLive();
  keepFresh();
  keepOwnFiles();
}

async function loadFrame(): Promise<void> {
  await import('./frame/frame.tsx');
  await loadKnownWords(getLanguage());
}

void start();
