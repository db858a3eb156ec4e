// A download ticket in an address (`?ticket=`), so that a link can be followed without a token in it: good for one
// path, once, within 60 seconds. HEAD, which brings nothing, leaves it as good as it was.

import type { FastifyRequest } from 'fastify';
import { refuse } from '../domain/shop-error.ts';
import { hashOpaqueToken } from './opaque-token.ts';
import type { Caller } from './session.ts';
import type { Shop } from './shop.ts';

/** The path that a ticket is for: without a query and without a trailing slash. */
export function ticketPath(address: string): string {
  return (address.split('?', 1)[0] ?? '').replace(/(?<=.)\/+$/, '');
}

/** Whether the request comes with a ticket; a bearer token goes before it. */
export function hasTicket(request: FastifyRequest): boolean {
  const { ticket } = request.query as { ticket?: unknown };
  return ticket !== undefined && request.headers.authorization === undefined;
}

/** The account behind the ticket, which is used up by this, except by HEAD. Refuses: ticket_invalid. */
export async function findTicketHolder(request: FastifyRequest, shop: Shop): Promise<Caller> {
  const { ticket } = request.query as { ticket?: unknown };
  if (typeof ticket !== 'string') throw refuse('ticket_invalid');
  const by = {
    actor: { kind: 'system', name: 'ticket' },
    requestId: request.id,
    at: shop.now(),
  } as const;
  const { value: user } = await shop.store.sessions.takeTicket(
    { hash: hashOpaqueToken(ticket), path: ticketPath(request.url), keep: request.method === 'HEAD' },
    by,
  );
  if (!user) throw refuse('ticket_invalid');
  // Whoever owes it got no ticket.
  return { user, sessionId: null, owesSecondFactor: false, holdsUntil: 0 };
}
