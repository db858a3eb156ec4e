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
import { startSession } from './api/session.ts';
import { App } from './app.tsx';
import { keepOwnFiles } from './frame/keep-own-files.ts';
import { getLanguage } from './words/language.ts';
import { loadKnownWords } from './words/word-set.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (root === null) return;
  // Both at once: the first screen needs both.
  await Promise.all([loadKnownWords(getLanguage()), startSession()]);
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
  keepLive();
  keepFresh();
  keepOwnFiles();
}

void start();
