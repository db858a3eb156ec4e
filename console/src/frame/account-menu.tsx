import { type MantineColorScheme, Menu, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconLogout, IconMoon, IconSun, IconUserCircle } from '@tabler/icons-react';
import { signOut } from '../api/session.ts';
import { useSession } from '../api/use-session.ts';
import { toastError } from '../ui/toast/toast.tsx';
import { useWords } from '../words/say.ts';
import { keepTheme } from './use-account-choices.ts';
import { frameWords } from './words/frame-words.ts';

const THEMES = [
  { scheme: 'auto', word: 'themeAuto', icon: IconDeviceDesktop },
  { scheme: 'light', word: 'themeLight', icon: IconSun },
  { scheme: 'dark', word: 'themeDark', icon: IconMoon },
] as const;
const ROLE_WORDS = { admin: 'owner', staff: 'staff', user: 'guest' } as const;

interface AccountMenuProps {
  className?: string | undefined;
  wordClassName?: string | undefined;
  noteClassName?: string | undefined;
}

export function AccountMenu({ className, wordClassName, noteClassName }: AccountMenuProps) {
  const words = useWords(frameWords);
  const { me } = useSession();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  if (me === null) return null;
  return (
    <Menu position="top-start" width={220}>
      <Menu.Target>
        <button type="button" className={className}>
          <IconUserCircle size={18} stroke={1.6} aria-hidden="true" />
          <span className={wordClassName}>{me.username}</span>
          <span className={noteClassName}>{words(ROLE_WORDS[me.role])}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{words('theme')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => {
            const scheme = value as MantineColorScheme;
            setColorScheme(scheme);
            void keepTheme(scheme);
          }}
        >
          {THEMES.map(({ scheme, word, icon: Icon }) => (
            <Menu.RadioItem
              key={scheme}
              value={scheme}
              closeMenuOnClick
              rightSection={<Icon size={16} aria-hidden="true" />}
            >
              {words(word)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden="true" />}
          onClick={() => void signOut().catch(toastError)}
        >
          {words('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
