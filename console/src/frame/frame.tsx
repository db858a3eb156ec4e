// The frame around every screen: rail, top bar, the bar at the foot of a phone, and what lies over the page.

import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLiveState } from '../api/use-live-state.ts';
import { useSession } from '../api/use-session.ts';
import { useShortcut } from '../ui/shortcuts/registry.ts';
import { useHasRail } from '../ui/use-wide.ts';
import { getLanguage } from '../words/language.ts';
import { useWords } from '../words/say.ts';
import { loadKnownWords } from '../words/word-set.ts';
import styles from './frame.module.css';
import { NewBuildNotice } from './new-build-notice.tsx';
import { OfflineNotice } from './offline-notice.tsx';
import { PhoneBar } from './phone-bar.tsx';
import { Rail } from './rail.tsx';
import { ServerUnreachable } from './server-unreachable.tsx';
import { TopBar } from './top-bar.tsx';
import { PlaceShortcut, usePlaces } from './use-places.ts';
import { frameWords } from './words/frame-words.ts';

const loadPalette = () => import('../palette/palette.tsx').then(({ Palette }) => ({ default: Palette }));
const loadHelp = () =>
  import('../ui/shortcuts/shortcut-help.tsx').then(({ ShortcutHelp }) => ({ default: ShortcutHelp }));
const loadSignIn = () =>
  import('../features/session/sign-in-again.tsx').then(({ SignInAgain }) => ({ default: SignInAgain }));
const Palette = lazy(loadPalette);
const ShortcutHelp = lazy(loadHelp);
const SignInAgain = lazy(loadSignIn);

const MustEnrol = lazy(() =>
  import('../features/account/must-enrol.tsx').then(({ MustEnrol }) => ({ default: MustEnrol })),
);

const LATER_MS = 15_000;

/** What lies over a page must not take it away: its files are there before the line breaks or a new build removes them. */
function loadWindowsLater(): () => void {
  const timer = setTimeout(() => {
    void Promise.allSettled([loadPalette(), loadHelp(), loadSignIn()]).then(() =>
      loadKnownWords(getLanguage()),
    );
  }, LATER_MS);
  return () => clearTimeout(timer);
}

export function Frame() {
  const words = useWords(frameWords);
  const { status, me } = useSession();
  const live = useLiveState();
  const navigate = useNavigate();
  const places = usePlaces();
  const hasRail = useHasRail();
  // Which screen stands there, once it does.
  const shown = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const [over, setOver] = useState<'palette' | 'help' | null>(null);
  // These windows go as a whole, so that nothing of them is left to give the focus back.
  const focused = useRef<Element | null>(null);
  const open = (what: 'palette' | 'help') => {
    focused.current = document.activeElement;
    setOver(what);
  };
  const close = () => {
    setOver(null);
    setTimeout(() => {
      // Unless the screen that was chosen has its own idea.
      const isLost = document.activeElement === document.body;
      if (isLost && focused.current instanceof HTMLElement) focused.current.focus({ preventScroll: true });
    });
  };
  // Stays until its last page was read: switched on, nothing is owed any more.
  const [owes, setOwes] = useState(false);
  if (me?.totp_required && !owes) setOwes(true);
  useShortcut('mod+k', words('openPalette'), () => open('palette'), { group: 'everywhere' });
  useShortcut('?', words('shortcuts'), () => open('help'), { group: 'everywhere' });

  useEffect(loadWindowsLater, []);
  useEffect(() => {
    if (status === 'signed-out') void navigate({ to: '/sign-in', search: { to: '/today' } });
  }, [status, navigate]);
  // Starting: whoever comes after somebody else must not meet their half-filled forms.
  if (status === 'signed-out' || status === 'starting') return null;
  if (status === 'unreachable') return <ServerUnreachable />;

  return (
    <div className={styles.frame}>
      <a className={styles.skip} href="#content">
        {words('skip')}
      </a>
      {places.map((place) => (
        <PlaceShortcut key={place.to} place={place} />
      ))}
      {hasRail ? <Rail places={places} /> : null}
      <div className={styles.column}>
        <TopBar onSearch={() => open('palette')} />
        {live === 'interrupted' ? <OfflineNotice /> : <NewBuildNotice />}
        <main id="content" className={styles.content} tabIndex={-1} data-shown={shown}>
          <Outlet />
        </main>
      </div>
      {hasRail ? null : <PhoneBar places={places} />}
      <Suspense>
        {over === 'palette' ? <Palette places={places} onClose={close} /> : null}
        {over === 'help' ? <ShortcutHelp onClose={close} /> : null}
        {status === 'expired' ? <SignInAgain /> : null}
        {owes && status === 'signed-in' ? <MustEnrol onDone={() => setOwes(false)} /> : null}
      </Suspense>
    </div>
  );
}
