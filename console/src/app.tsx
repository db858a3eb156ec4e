import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { useAccountChoices } from './frame/use-account-choices.ts';
import { router } from './router.tsx';
import { ShortcutListener } from './ui/shortcuts/shortcut-listener.tsx';
import { colorSchemeManager, cssVariablesResolver, theme } from './ui/theme.ts';

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
        <Notifications position="bottom-center" limit={3} />
      </QueryClientProvider>
    </MantineProvider>
  );
}

function AccountChoices() {
  useAccountChoices();
  return null;
}
