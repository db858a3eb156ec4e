// Picks one thing by typing part of its name; the server finds, the arrows choose, Enter takes.

import { Combobox, Loader, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';

const TYPING_MS = 150;

interface SearchPickerProps<T> {
  label: string;
  placeholder?: string;
  /** The first part of the query's key, so that live changes refresh what is offered. */
  queryKey: string;
  find: (text: string, signal: AbortSignal) => Promise<T[]>;
  idOf: (thing: T) => string;
  show: (thing: T) => ReactNode;
  onPick: (thing: T) => void;
  error?: ReactNode;
  /** The form's field, so that an error, or what was picked before, can bring the focus here. */
  path: string;
  required?: boolean;
  autoFocus?: boolean;
}

export function SearchPicker<T>(props: SearchPickerProps<T>) {
  const { label, placeholder, queryKey, find, idOf, show, onPick, error, path } = props;
  const { required = false, autoFocus = false } = props;
  const words = useWords(everydayWords);
  const [text, setText] = useState('');
  const [wanted] = useDebouncedValue(text.trim(), TYPING_MS);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const query = useQuery({
    queryKey: [queryKey, 'picker', wanted],
    queryFn: ({ signal }) => find(wanted, signal),
    enabled: wanted !== '',
    placeholderData: (before) => before,
  });
  const found = wanted === '' ? [] : (query.data ?? []);
  // What is found comes later than the letters: Enter takes the first of it without an arrow key.
  const { selectFirstOption } = combobox;
  const answer = query.data;
  useEffect(() => {
    if (answer !== undefined) selectFirstOption();
  }, [answer, selectFirstOption]);
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => {
        const thing = found.find((each) => idOf(each) === id);
        if (thing === undefined) return;
        setText('');
        combobox.closeDropdown();
        onPick(thing);
      }}
    >
      <Combobox.Target>
        <TextInput
          label={label}
          placeholder={placeholder ?? words('search')}
          autoComplete="off"
          value={text}
          error={error}
          data-path={path}
          required={required}
          {...(autoFocus ? { 'data-autofocus': true } : {})}
          rightSection={query.isFetching ? <Loader size={14} /> : null}
          onChange={(event) => {
            setText(event.currentTarget.value);
            combobox.openDropdown();
          }}
          // Only where there is something to show: else Esc would close what nobody sees, and the dialog would stay.
          onFocus={() => {
            if (text !== '') combobox.openDropdown();
          }}
          onBlur={() => combobox.closeDropdown()}
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={wanted === ''}>
        <Combobox.Options aria-label={label}>
          {found.map((thing) => (
            <Combobox.Option key={idOf(thing)} value={idOf(thing)}>
              {show(thing)}
            </Combobox.Option>
          ))}
          {found.length === 0 && !query.isFetching ? (
            <Combobox.Empty>{words('nothingFound')}</Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
