import { Menu } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { DIGIT_NAMES, type Digits, getDigits, setDigits } from '../format/locale.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../words/language.ts';
import { useLanguage, useWords } from '../words/say.ts';
import { keepLanguage } from './use-account-choices.ts';
import { frameWords } from './words/frame-words.ts';

interface LanguageMenuProps {
  className?: string | undefined;
  wordClassName?: string | undefined;
}

export function LanguageMenu({ className, wordClassName }: LanguageMenuProps) {
  const words = useWords(frameWords);
  const language = useLanguage();
  return (
    <Menu position="top-start" width={180}>
      <Menu.Target>
        <button
          type="button"
          className={className}
          aria-label={words('languageIs', { name: LANGUAGE_NAMES[language] })}
        >
          <IconLanguage size={18} stroke={1.6} aria-hidden="true" />
          <span className={wordClassName}>{LANGUAGE_NAMES[language]}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(value) => void keepLanguage(value as Language)}>
          {LANGUAGES.map((each) => (
            <Menu.RadioItem key={each} value={each} lang={each} closeMenuOnClick>
              {LANGUAGE_NAMES[each]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {language !== 'en' && (
          <>
            <Menu.Divider />
            <Menu.Label>{words('digits')}</Menu.Label>
            <Menu.RadioGroup
              value={getDigits()}
              onChange={(value) => {
                setDigits(value as Digits);
                // Every figure of the page is written anew; what was typed into forms is kept.
                location.reload();
              }}
            >
              {(['latn', 'deva'] as const).map((digits) => (
                <Menu.RadioItem key={digits} value={digits} closeMenuOnClick>
                  {DIGIT_NAMES[digits]}
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
