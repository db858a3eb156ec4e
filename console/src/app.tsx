import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { queryClient } from './api/query-client.ts';
import { useAccountChoices } from './frame/use-account-choices.ts';
import { router } from './router.tsx';
import { ShortcutListener } from './ui/shortcuts/shortcut-listener.tsx';
import { colorSchemeManager, cssVariablesResolver, theme } from './ui/theme.ts';

/** Without toasts the console still works: a line that broke while they were loaded must not take the page away. */
const Toasts = lazy(async (): Promise<{ default: () => ReactNode }> => {
  const loaded = await import('@mantine/notifications').catch(() => null);
  if (loaded === null) return { default: () => null };
  return { default: () => <loaded.Notifications className="toasts" position="bottom-left" limit={3} /> };
});

export function App() {
  return (
    <MantineProvider
      theme={theme}
      colorSchemeManager={colorSchemeManager}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <AccountChoices />
        <ShortcutListener />
        <RouterProvider router={router} />
        <Suspense>
          <Toasts />
        </Suspense>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function AccountChoices() {
  useAccountChoices();
  return null;
}
