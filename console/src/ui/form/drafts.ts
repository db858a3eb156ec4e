// What was typed into a form and not yet saved: kept on this device per person, through a lost connection, an expired
// session and a mistaken click on another page; erased at sign-out. Secrets are never kept.

import { getSession, onForget } from '../../api/session.ts';

const PREFIX = 'swati.draft.';
const SECRET = /password|code|secret|token/i;

function placeOf(userId: string, form: string): string {
  return `${PREFIX}${userId}.${form}`;
}

interface Draft<T extends object> {
  /** The same in every tab that shows this draft; one that an earlier build has kept has none. */
  id: string | undefined;
  typed: Partial<T>;
}

export function readDraft<T extends object>(form: string): Draft<T> | null {
  const userId = getSession().me?.id;
  if (userId === undefined) return null;
  const kept = localStorage.getItem(placeOf(userId, form));
  if (kept === null) return null;
  const { draftId, ...typed } = JSON.parse(kept) as { draftId?: string };
  return { id: draftId, typed: typed as Partial<T> };
}

/** Where nothing was typed, there is no draft. */
export function keepDraft(form: string, typed: object, draftId: string): void {
  const userId = getSession().me?.id;
  if (userId === undefined) return;
  const open = withoutSecrets(typed);
  if (Object.keys(open).length === 0) dropDraft(form, draftId);
  else localStorage.setItem(placeOf(userId, form), JSON.stringify({ ...open, draftId }));
}

/** Leaves the draft of a tab that has something else in the same form. */
export function dropDraft(form: string, draftId: string): void {
  const userId = getSession().me?.id;
  if (userId === undefined) return;
  const id = readDraft(form)?.id;
  if (id === undefined || id === draftId) localStorage.removeItem(placeOf(userId, form));
}

export function withoutSecrets(typed: object): object {
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !SECRET.test(name)));
}

onForget((userId) => {
  for (const place of Object.keys(localStorage)) {
    if (place.startsWith(placeOf(userId, ''))) localStorage.removeItem(place);
  }
});
