// In which language a paper speaks: chosen beside what prints it, since the buyer reads it and not the shop.

import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { isLanguage, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../words/language.ts';
import { InLanguage, useLanguage, useWords } from '../../words/say.ts';
import { loadKnownWords } from '../../words/word-set.ts';

const KEPT_UNDER = 'swati.paper-language';

interface Reader {
  id: string;
  language: Language | null;
}

export interface PaperLanguage {
  language: Language;
  choose: (language: Language) => void;
}

/**
 * The customer's own language; for customers without one, what was chosen on this device last; else the console's. What
 * is chosen for a customer with a language of their own holds for this page alone.
 */
export function usePaperLanguage(reader: Reader | undefined): PaperLanguage {
  const spoken = useLanguage();
  const [chosen, setChosen] = useState<{ by: string | undefined; language: Language } | null>(null);
  const own = reader?.language ?? null;
  const kept = localStorage.getItem(KEPT_UNDER);
  const usual = own ?? (isLanguage(kept) ? kept : spoken);
  const choose = (language: Language) => {
    setChosen({ by: reader?.id, language });
    if (own !== null) return;
    // Who goes back to the console's language follows it from then on.
    if (language === spoken) localStorage.removeItem(KEPT_UNDER);
    else localStorage.setItem(KEPT_UNDER, language);
  };
  return { language: chosen !== null && chosen.by === reader?.id ? chosen.language : usual, choose };
}

/** A sheet shown on the page in its own language, once the words of that are there. */
export function SheetInLanguage({ language, children }: { language: Language; children: ReactNode }) {
  const spoken = useLanguage();
  const [loaded, setLoaded] = useState<Language>(spoken);
  useEffect(() => {
    let isWanted = true;
    const show = () => {
      if (isWanted) setLoaded(language);
    };
    // Without a line it stays in the language it has; printing says why.
    void loadKnownWords(language).then(show, () => {});
    return () => {
      isWanted = false;
    };
  }, [language]);
  return (
    <div lang={loaded}>
      <InLanguage value={loaded}>{children}</InLanguage>
    </div>
  );
}

/** Beside a button that prints. */
export function PaperLanguageControl({
  paper,
  fullWidth = false,
}: {
  paper: PaperLanguage;
  fullWidth?: boolean;
}) {
  const words = useWords(everydayWords);
  return (
    <SegmentedControl
      fullWidth={fullWidth}
      aria-label={words('paperLanguage')}
      value={paper.language}
      onChange={(value) => paper.choose(value as Language)}
      data={LANGUAGES.map((value) => ({ value, label: <span lang={value}>{LANGUAGE_NAMES[value]}</span> }))}
    />
  );
}

/** In a menu whose other items print. */
export function PaperLanguageItems({ paper }: { paper: PaperLanguage }) {
  const words = useWords(everydayWords);
  return (
    <>
      <Menu.Label>{words('paperLanguage')}</Menu.Label>
      <Menu.RadioGroup value={paper.language} onChange={(value) => paper.choose(value as Language)}>
        {LANGUAGES.map((each) => (
          <Menu.RadioItem key={each} value={each} lang={each}>
            {LANGUAGE_NAMES[each]}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </>
  );
}

/** Beside a button that prints, where there is no room for all three. */
export function PaperLanguageMenu({
  paper,
  wordClassName,
}: {
  paper: PaperLanguage;
  wordClassName?: string | undefined;
}) {
  const words = useWords(everydayWords);
  const name = LANGUAGE_NAMES[paper.language];
  return (
    <Menu position="bottom-end" width={180}>
      <Menu.Target>
        <Button
          variant="default"
          aria-label={`${words('paperLanguage')}: ${name}`}
          leftSection={<IconLanguage size={16} aria-hidden="true" />}
        >
          <span className={wordClassName} lang={paper.language}>
            {name}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <PaperLanguageItems paper={paper} />
      </Menu.Dropdown>
    </Menu>
  );
}
