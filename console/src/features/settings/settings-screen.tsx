// Settings: one page, its parts under addresses of their own.

import { Link, Outlet } from '@tanstack/react-router';
import { useCan } from '../../api/use-session.ts';
import { PageHeader } from '../../ui/layout/page.tsx';
import { Parts } from '../../ui/layout/parts.tsx';
import { useWords } from '../../words/say.ts';
import { settingsWords } from './words/settings-words.ts';

export function SettingsScreen() {
  const words = useWords(settingsWords);
  const parts = [
    { to: '/settings', word: 'partShop', shown: useCan('settings.read') },
    { to: '/settings/rules', word: 'partRules', shown: useCan('settings.read') },
    { to: '/settings/people', word: 'partPeople', shown: useCan('users.manage') },
    { to: '/settings/backups', word: 'partBackups', shown: useCan('journal.read') },
    { to: '/settings/account', word: 'partAccount', shown: true },
  ] as const;
  return (
    <>
      <PageHeader title={words('title')} />
      <Parts label={words('parts')}>
        {parts
          .filter(({ shown }) => shown)
          .map(({ to, word }) => (
            <Link key={to} to={to} activeOptions={{ exact: true }}>
              {words(word)}
            </Link>
          ))}
      </Parts>
      <Outlet />
    </>
  );
}
