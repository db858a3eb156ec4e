// What was typed into a form and not yet saved: kept on this device per person, through a lost connection, an expired
// session and a mistaken click on another page; erased at sign-out. Secrets are never kept.

import { getSession, onForget } from '../../api/session.ts';

const PREFIX = 'swati.draft.';
const SECRET = /password|code|secret|token/i;

function placeOf(userId: string, form: string): string {
  return `${PREFIX}${userId}.${form}`;
}

export function readDraft<T extends object>(form: string): Partial<T> | null {
  const userId = getSession().me?.id;
  if (userId === undefined) return null;
  const kept = localStorage.getItem(placeOf(userId, form));
  return kept === null ? null : (JSON.parse(kept) as Partial<T>);
}

/** Where nothing was typed, there is no draft. */
export function keepDraft(form: string, typed: object): void {
  const userId = getSession().me?.id;
  if (userId === undefined) return;
  const open = Object.entries(typed).filter(([name]) => !SECRET.test(name));
  if (open.length === 0) dropDraft(form);
  else localStorage.setItem(placeOf(userId, form), JSON.stringify(Object.fromEntries(open)));
}

export function dropDraft(form: string): void {
  const userId = getSession().me?.id;
  if (userId !== undefined) localStorage.removeItem(placeOf(userId, form));
}

onForget((userId) => {
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith(placeOf(userId, ''))) localStorage.removeItem(place);
  }
});
