// A field that finds one thing of many by typing, and is empty again once it was picked. Enter takes the first one that
// fits, also when the answer is not there yet: a scanner types and presses Enter in the same instant.

import { TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from 'react';
import { queryClient } from '../../api/query-client.ts';
import { everydayWords } from '../../words/everywhere/everyday-words.ts';
import { useWords } from '../../words/say.ts';
import { toastError } from '../toast/toast.tsx';
import styles from './picker.module.css';

export interface Option<T> {
  id: string;
  title: string;
  note?: ReactNode;
  thing: T;
}

interface PickerProps<T> {
  /** What may be typed; it is the field's name too. */
  label: string;
  /** First word of the kept answers, such as `products`. */
  noun: string;
  find: (text: string, signal?: AbortSignal) => Promise<Option<T>[]>;
  onPick: (thing: T) => void;
  /** The last choice of every list, such as making a new one of what was typed. */
  other?: { title: (text: string) => string; run: (text: string) => void };
  /** What stands there when nothing fits. */
  nothing: string;
  icon: ReactNode;
  keys: ReactNode;
  error?: ReactNode;
  /** The form's field, so that an error can bring the focus here. */
  path: string;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
}

const WAIT_MS = 120;
const KEPT_FOR_MS = 5_000;

export function Picker<T>(props: PickerProps<T>) {
  const { label, noun, find, onPick, other, nothing, icon, keys, error, path, inputRef, autoFocus } = props;
  const everyday = useWords(everydayWords);
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [isOpen, setIsOpen] = useState(false);
  const [isFinding, setIsFinding] = useState(false);
  // Whether the finding that Enter began is still wanted when it is done.
  const asked = useRef('');
  const typed = text.trim();
  const [wanted] = useDebouncedValue(typed, WAIT_MS);
  const asking = (what: string) => ({
    queryKey: [noun, 'pick', what],
    queryFn: ({ signal }: { signal: AbortSignal }) => find(what, signal),
    staleTime: KEPT_FOR_MS,
  });
  const found = useQuery({ ...asking(wanted), enabled: wanted !== '', placeholderData: keepPreviousData });
  const options = typed === '' ? [] : (found.data ?? []);
  const count = options.length + (other === undefined ? 0 : 1);
  const current = Math.min(at, count - 1);
  const isShown = isOpen && typed !== '' && found.data !== undefined;

  function empty(): void {
    asked.current = '';
    setText('');
    setAt(0);
    setIsOpen(false);
  }
  function choose(index: number): void {
    const option = options[index];
    empty();
    if (option !== undefined) onPick(option.thing);
    else other?.run(typed);
  }
  async function enter(): Promise<void> {
    if (typed === '') return;
    const isCurrent = wanted === typed && found.data !== undefined && !found.isPlaceholderData;
    if (isCurrent) {
      if (count > 0) choose(current);
      return;
    }
    asked.current = typed;
    setIsFinding(true);
    try {
      const [first] = await queryClient.fetchQuery(asking(typed));
      if (asked.current !== typed) return;
      if (first === undefined) setIsOpen(true);
      else {
        empty();
        onPick(first.thing);
      }
    } catch (problem) {
      toastError(problem);
    } finally {
      setIsFinding(false);
    }
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && count > 0) {
      event.preventDefault();
      setAt((current + step + count) % count);
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      void enter();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (text === '') event.currentTarget.blur();
      else empty();
    }
  }

  return (
    <div className={styles.picker}>
      <TextInput
        ref={inputRef}
        data-path={path}
        data-autofocus={autoFocus}
        autoFocus={autoFocus ?? false}
        role="combobox"
        aria-label={label}
        aria-expanded={isShown}
        aria-controls={isShown ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isShown && count > 0 ? `${listId}-${current}` : undefined}
        aria-busy={isFinding ? true : undefined}
        placeholder={label}
        autoComplete="off"
        value={text}
        error={error}
        leftSection={icon}
        rightSection={keys}
        rightSectionWidth={44}
        onChange={(event) => {
          asked.current = '';
          setText(event.currentTarget.value);
          setAt(0);
          setIsOpen(true);
        }}
        onBlur={() => setIsOpen(false)}
        onFocus={() => setIsOpen(true)}
        onKeyDown={onKeyDown}
      />
      {isShown ? (
        <div className={styles.over}>
          {options.length === 0 ? (
            <p className={styles.nothing} role="status">
              {found.isFetching ? everyday('loading') : nothing}
            </p>
          ) : null}
          {count === 0 ? null : (
            <div id={listId} role="listbox" aria-label={label}>
              {Array.from({ length: count }, (_, index) => {
                const option = options[index];
                return (
                  <div
                    key={option?.id ?? 'other'}
                    id={`${listId}-${index}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={index === current}
                    className={styles.option}
                    // Before the field loses the focus, which closes the list.
                    onMouseDown={(event) => event.preventDefault()}
                    onMouseMove={() => setAt(index)}
                    onClick={() => choose(index)}
                    onKeyDown={() => undefined}
                  >
                    <span className={styles.name}>{option?.title ?? other?.title(typed)}</span>
                    {option?.note === undefined ? null : <span className={styles.note}>{option.note}</span>}
                  </div>
                );
              })}
            </div>
          )}
        </div>
      ) : null}
    </div>
  );
}
