import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { Keys } from './shortcuts/keys.tsx';
import { useShortcut } from './shortcuts/registry.ts';

interface SearchFieldProps {
  /** What may be typed: "Name or phone". It is the field's name too. */
  label: string;
  value: string;
  onChange: (text: string) => void;
}

/** Filters as one types; `/` comes here, Esc empties it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const words = useWords(everydayWords);
  const input = useRef<HTMLInputElement>(null);
  useShortcut('/', `${words('search')}: ${label}`, () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        if (value === '') input.current?.blur();
        else onChange('');
      }}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      rightSection={
        value === '' ? (
          <Keys keys="/" />
        ) : (
          <CloseButton size="sm" aria-label={words('clear')} onClick={() => onChange('')} />
        )
      }
      style={{ flex: '1 1 220px', maxWidth: 360 }}
    />
  );
}
