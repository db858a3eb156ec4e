// Language and theme that the person chose on another device come along with the sign-in; a choice made here is kept
// on this device and told to the account.

import { type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import type { MeWire, PreferencesBody } from '../../../server/src/contract/account.ts';
import { ApiError } from '../api/api-error.ts';
import { askWhetherOld } from '../api/build.ts';
import { sendReply } from '../api/client.ts';
import { getSession } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { toastError } from '../ui/toast/toast.tsx';
import { isLanguageChosen, type Language, setLanguage } from '../words/language.ts';
import { chooseLanguage } from '../words/say.ts';

type Preferences = MeWire['preferences'];

export function useAccountChoices(): void {
  const { me } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const language = me?.preferences.language ?? null;
  const theme = me?.preferences.theme ?? 'system';

  useEffect(() => {
    if (language !== null && !isLanguageChosen()) void chooseLanguage(language);
  }, [language]);
  // Only at sign-in: afterwards this device's own choice counts.
  // biome-ignore lint/correctness/useExhaustiveDependencies: following colorScheme would undo the choice just made.
  useEffect(() => {
    if (theme !== 'system' && colorScheme === 'auto') setColorScheme(theme);
  }, [theme]);
}

export async function keepLanguage(language: Language): Promise<void> {
  try {
    await chooseLanguage(language);
  } catch {
    // Its words did not come: there is no line, or they went with an older build.
    if (!(await askWhetherOld())) return toastError(new ApiError({ type: 'unreachable', status: 0 }));
    setLanguage(language);
    location.reload();
  }
  await tellAccount({ language });
}

export function keepTheme(scheme: MantineColorScheme): Promise<void> {
  return tellAccount({ theme: (scheme === 'auto' ? 'system' : scheme) satisfies Preferences['theme'] });
}

/** A choice is kept here in any case; that it did not reach the account is no reason to stop anybody. */
async function tellAccount(body: PreferencesBody): Promise<void> {
  if (getSession().status !== 'signed-in') return;
  await sendReply('PUT', '/api/auth/me/preferences', { body }).catch(() => {});
}
