import { useMantineColorScheme } from '@mantine/core';
import {
  IconCashRegister,
  IconDiamond,
  IconLanguage,
  type IconProps,
  IconSunMoon,
  IconUserPlus,
} from '@tabler/icons-react';
import { useNavigate, useRouter } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { can } from '../api/session.ts';
import type { Place } from '../frame/places.ts';
import { keepLanguage, keepTheme } from '../frame/use-account-choices.ts';
import { frameWords } from '../frame/words/frame-words.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '../words/language.ts';
import { useLanguage, useWords } from '../words/say.ts';
import type { FoundGroup } from './find-things.ts';
import { paletteWords } from './words/palette-words.ts';

export interface Choice {
  id: string;
  title: string;
  note?: string;
  icon: ComponentType<IconProps>;
  run: () => void;
}

interface ChoiceGroup {
  title: string;
  choices: Choice[];
}

interface Wish {
  places: readonly Place[];
  text: string;
  found: readonly FoundGroup[];
}

/** What fits the text: found things first, then what can be done, then places. */
export function useChoices({ places, text, found }: Wish): ChoiceGroup[] {
  const words = useWords(paletteWords);
  const frame = useWords(frameWords);
  const { history } = useRouter();
  const navigate = useNavigate();
  const verbs = useVerbs();
  const wanted = text.trim().toLocaleLowerCase().split(/\s+/);
  const fits = ({ title }: Choice) => wanted.every((word) => title.toLocaleLowerCase().includes(word));
  const groups: ChoiceGroup[] = found.map(({ word, icon, found: things }) => ({
    title: words(word),
    choices: things.map(({ id, title, note, to }) => ({
      id,
      title,
      note,
      icon,
      run: () => history.push(`/console${to}`),
    })),
  }));
  const goes = places.map(({ to, word, icon }) => ({
    id: to,
    title: frame(word),
    icon,
    run: () => void navigate({ to }),
  }));
  groups.push(
    { title: words('go'), choices: goes.filter(fits) },
    { title: words('do'), choices: verbs.filter(fits) },
  );
  return groups.filter(({ choices }) => choices.length > 0);
}

/** What can be done from anywhere. A feature adds its verb here. */
function useVerbs(): Choice[] {
  const words = useWords(paletteWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const { setColorScheme } = useMantineColorScheme();
  const isDark = document.documentElement.dataset.mantineColorScheme === 'dark';
  const verbs: Choice[] = [
    {
      id: 'theme',
      title: words('switchTheme'),
      icon: IconSunMoon,
      run: () => {
        const next = isDark ? 'light' : 'dark';
        setColorScheme(next);
        void keepTheme(next);
      },
    },
    ...LANGUAGES.filter((each) => each !== language).map((each) => ({
      id: `language-${each}`,
      title: LANGUAGE_NAMES[each],
      icon: IconLanguage,
      run: () => void keepLanguage(each),
    })),
  ];
  if (can('sales.read')) {
    verbs.unshift({
      id: 'find-bills',
      title: words('findBills'),
      icon: IconCashRegister,
      run: () => void navigate({ to: '/sale/bills' }),
    });
  }
  if (can('sales.write')) {
    verbs.unshift({
      id: 'make-bill',
      title: words('makeBill'),
      icon: IconCashRegister,
      run: () => void navigate({ to: '/sale' }),
    });
  }
  if (can('catalogue.write')) {
    verbs.unshift({
      id: 'add-product',
      title: words('addProduct'),
      icon: IconDiamond,
      run: () => void navigate({ to: '/products', search: { add: true } }),
    });
  }
  if (can('customers.write')) {
    verbs.unshift({
      id: 'add-customer',
      title: words('addCustomer'),
      icon: IconUserPlus,
      run: () => void navigate({ to: '/customers', search: { add: true } }),
    });
  }
  return verbs;
}
