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

/** Plain letters belong to whoever types, and to a dialog while one is open; keys with Ctrl work everywhere. */
function isOurs(event: KeyboardEvent, keys: string): boolean {
  if (event.defaultPrevented || event.altKey || event.isComposing) return false;
  if (keys.startsWith('mod+')) return true;
  if (isTyping(event.target)) return false;
  if (document.querySelector('[role="dialog"]') !== null) return false;
  if (!(event.target instanceof Element)) return true;
  // Esc that has closed a dialog or a menu has done its work: what it was pressed in is gone, or about to go.
  if (!event.target.isConnected || event.target.closest('[role="menu"]') !== null) return false;
  // Enter and the space bar on a button or link are its own.
  const onControl = event.target.closest('button, a[href]') !== null;
  return !(onControl && (event.key === 'Enter' || event.key === ' '));
}

export function ShortcutListener() {
  useEffect(() => {
    let first = '';
    let firstAt = 0;
    const listen = (event: KeyboardEvent) => {
      const key = keyName(event);
      if (!isOurs(event, key)) return;
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
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return null;
}
