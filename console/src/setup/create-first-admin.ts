// Asks the server for the first account and turns its answer into what the page can show.
import { words } from './setup-words.ts';

interface ErrorEnvelope {
  error?: { message?: string; fields?: { field: string; rule: string; limit: string }[] };
}

export type FirstAdminAnswer =
  | { made: true }
  | { made: false; message: string; problems: Map<string, string> };

/** The server's rules by field; where we have no words for a rule, its own text says what is allowed. */
function problemsOf({ error }: ErrorEnvelope): Map<string, string> {
  return new Map((error?.fields ?? []).map(({ field, rule, limit }) => [field, words.rules[rule] ?? limit]));
}

export async function createFirstAdmin(account: Record<string, string>): Promise<FirstAdminAnswer> {
  let response: Response;
  try {
    response = await fetch('/api/setup', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(account),
    });
  } catch {
    return { made: false, message: words.unreachable, problems: new Map() };
  }
  if (response.ok) return { made: true };
  // A proxy in between may answer with a page of its own, which is no JSON.
  const envelope: ErrorEnvelope = await response.json().catch(() => ({}));
  return { made: false, message: envelope.error?.message ?? words.refused, problems: problemsOf(envelope) };
}
