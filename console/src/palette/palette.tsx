// Ctrl-K: go somewhere, find somebody, do something, all by typing.

import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import type { Place } from '../frame/places.ts';
import { everydayWords } from '../words/everywhere/everyday-words.ts';
import { useWords } from '../words/say.ts';
import { findThings } from './find-things.ts';
import styles from './palette.module.css';
import { type Choice, useChoices } from './use-choices.tsx';
import { paletteWords } from './words/palette-words.ts';

const WAIT_MS = 120;
const MIN_LETTERS = 2;

export function Palette({ places, onClose }: { places: readonly Place[]; onClose: () => void }) {
  const words = useWords(paletteWords);
  const everyday = useWords(everydayWords);
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const [wanted] = useDebouncedValue(text.trim(), WAIT_MS);
  const found = useQuery({
    queryKey: ['palette', wanted],
    queryFn: ({ signal }) => findThings(wanted, signal),
    enabled: wanted.length >= MIN_LETTERS,
  });
  const groups = useChoices({ places, text, found: wanted.length >= MIN_LETTERS ? (found.data ?? []) : [] });
  const choices = groups.flatMap(({ choices: each }) => each);
  const current = choices[Math.min(at, choices.length - 1)];
  const choose = (choice: Choice | undefined) => {
    if (choice === undefined) return;
    onClose();
    choice.run();
  };
  const optionId = (choice: Choice | undefined) =>
    choice === undefined ? undefined : `${listId}-${choice.id}`;

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      choose(current);
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      size={600}
      yOffset="10vh"
      centered={false}
      padding={0}
      aria-label={words('title')}
      transitionProps={{ duration: 80 }}
    >
      <div className={styles.field}>
        <IconSearch size={18} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-label={words('title')}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={optionId(current)}
          autoComplete="off"
          spellCheck={false}
          placeholder={words('placeholder')}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div id={listId} role="listbox" aria-label={words('results')} className={styles.list}>
        {groups.map(({ title, choices: each }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options; a fieldset would be one of form controls.
          <div key={title} role="group" aria-label={title}>
            <div className={styles.title} aria-hidden="true">
              {title}
            </div>
            {each.map((choice) => (
              <div
                key={choice.id}
                id={optionId(choice)}
                role="option"
                tabIndex={-1}
                aria-selected={choice === current}
                className={styles.option}
                ref={
                  choice === current ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined
                }
                onMouseMove={() => setAt(choices.indexOf(choice))}
                onClick={() => choose(choice)}
                onKeyDown={onKeyDown}
              >
                <choice.icon size={18} stroke={1.6} aria-hidden="true" />
                <span className={styles.text}>
                  <span>{choice.title}</span>
                  {choice.note === undefined ? null : <span className={styles.note}>{choice.note}</span>}
                </span>
              </div>
            ))}
          </div>
        ))}
      </div>
      {choices.length === 0 ? (
        <p className={styles.nothing} role="status">
          {found.isFetching ? words('searching') : words('nothing')}
        </p>
      ) : null}
      <button type="button" className="unseen" onClick={onClose}>
        {everyday('close')}
      </button>
    </Modal>
  );
}
