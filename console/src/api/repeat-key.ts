// The Idempotency-Key of a change. While nobody knows whether the server did it, the same change keeps its key, so that
// pressing the button again (also after the page was loaded or opened again) can never do it twice. Erased at sign-out.

const KEPT_UNDER = 'swati.open-keys';
/** The server keeps keys for a day. */
const KEPT_FOR_MS = 20 * 3_600_000;

type OpenKeys = Record<string, { key: string; at: number }>;

function readOpen(): OpenKeys {
  const kept = JSON.parse(localStorage.getItem(KEPT_UNDER) ?? '{}') as OpenKeys;
  const fresh = Object.entries(kept).filter(([, { at }]) => Date.now() - at < KEPT_FOR_MS);
  return Object.fromEntries(fresh);
}

function writeOpen(open: OpenKeys): void {
  localStorage.setItem(KEPT_UNDER, JSON.stringify(open));
}

/** Cannot be guessed. Not crypto.randomUUID: that is missing where the page came by plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A short name for a change; it need not be secret, and holds nothing of what it names. */
export function nameOfChange(text: string): string {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 2654435761);
    two = Math.imul(two ^ code, 1597334677);
  }
  return `${(one >>> 0).toString(36)}${(two >>> 0).toString(36)}-${text.length}`;
}

/** What is sent from one draft has the same key in every tab, also when two send it in the same instant. */
function keyOfDraft(draftId: string, name: string): string {
  return `${draftId}.${name}`;
}

export function openKey(name: string, draftId?: string): string {
  const open = readOpen();
  const first = draftId === undefined ? undefined : keyOfDraft(draftId, name);
  const key = open[name]?.key ?? (first === undefined ? newKey() : (open[first]?.key ?? first));
  writeOpen({ ...open, [name]: { key, at: Date.now() } });
  return key;
}

/**
 * The server has answered, so an equal change from now on is a new one, unless it comes from the same draft: what was done
 * keeps its key there. What was refused gets another, since the server would give the same refusal again.
 */
export function closeKey(name: string, outcome: 'done' | 'refused', draftId?: string): void {
  const { [name]: closed, ...open } = readOpen();
  if (draftId !== undefined) {
    const first = keyOfDraft(draftId, name);
    const key = outcome === 'refused' ? newKey() : closed?.key;
    if (key !== undefined && key !== first) open[first] = { key, at: Date.now() };
  }
  writeOpen(open);
}

export function forgetOpenKeys(): void {
  localStorage.removeItem(KEPT_UNDER);
}
