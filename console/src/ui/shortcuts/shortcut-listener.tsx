import { useEffect } from 'react';
import { findShortcut, isPrefix } from './registry.ts';

const SECOND_KEY_WITHIN_MS = 1_500;

/** Inputs that take no letters. */
const NO_TEXT = /^(checkbox|radio|file|button)$/;

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && NO_TEXT.test(target.type)) return false;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName))
  );
}

function keyName(event: KeyboardEvent): string {
  const modifier = event.ctrlKey || event.metaKey ? 'mod+' : '';
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return `${modifier}${key}`;
}

function isSomethingOver(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"]') !== null;
}

/** The form of the uppermost window alone, wherever the focus is: on the window's cross, or lost to the page below. */
function saveWindowOver(): boolean {
  const over = [...document.querySelectorAll('[role="dialog"]')].at(-1);
  over?.querySelector('form')?.requestSubmit();
  return over !== undefined;
}

/** Plain letters belong to whoever types, and to a dialog or menu while one is open; keys with Ctrl work everywhere. */
function isOurs(event: KeyboardEvent, keys: string, wasUnder: boolean): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing) return false;
  if (keys.startsWith('mod+')) return true;
  if (isTyping(event.target)) return false;
  if (wasUnder) return false;
  // Enter and the space bar on a button or link are its own.
  const onControl = event.target instanceof HTMLElement && event.target.closest('button, a[href]') !== null;
  return !(onControl && (event.key === 'Enter' || event.key === ' '));
}

export function ShortcutListener() {
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    // Seen before anybody acts on the key: Esc that closes a dialog has done its work, though the dialog is gone by then.
    let wasUnder = false;
    const look = () => {
      wasUnder = isSomethingOver();
    };
    const listen = (event: KeyboardEvent) => {
      const key = keyName(event);
      if (!isOurs(event, key, wasUnder)) return;
      if (key === 'mod+Enter' && saveWindowOver()) return event.preventDefault();
      const isSecond = first !== '' && event.timeStamp - firstAt < SECOND_KEY_WITHIN_MS;
      const keys = isSecond ? `${first} ${key}` : key;
      first = '';
      const shortcut = findShortcut(keys);
      if (shortcut !== undefined) {
        event.preventDefault();
        shortcut.run();
      } else if (isPrefix(keys)) {
        first = keys;
        firstAt = event.timeStamp;
      }
    };
    addEventListener('keydown', look, true);
    document.addEventListener('keydown', listen);
    return () => {
      removeEventListener('keydown', look, true);
      document.removeEventListener('keydown', listen);
    };
  }, []);
  return null;
}
