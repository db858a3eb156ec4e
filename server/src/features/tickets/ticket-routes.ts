// Download tickets, so that no token ever stands in an address.

import { TicketBody, TicketWire } from '../../contract/account.ts';
import { Data } from '../../contract/envelope.ts';
import { TICKET_LIFETIME_MS, type User } from '../../domain/user.ts';
import { hashOpaqueToken, newOpaqueToken } from '../../http/opaque-token.ts';
import { type Route, route } from '../../http/route.ts';
import type { Shop } from '../../http/shop.ts';
import { ticketPath } from '../../http/ticket.ts';
import { toInstant } from '../../http/wire.ts';

export function ticketRoutes(shop: Shop): Route[] {
  return [
    route({
      method: 'POST',
      path: '/api/tickets',
      access: 'signed-in',
      repeatable: false,
      tag: 'Sign-in',
      summary: 'Get a ticket to download from one address',
      description:
        'Send it as `?ticket=` on a GET of that path, once, within 60 seconds, with whatever other query ' +
        'parameters; HEAD does not use it up. The account must still hold the permission of the address then.',
      body: TicketBody,
      status: 201,
      reply: Data(TicketWire),
      example: { success: true, data: { ticket: 'Zk3n...', expires_at: '2026-01-15T10:31:00.123Z' } },
      handle: async ({ body, user, sessionId, by, reply }) => {
        const ticket = newOpaqueToken(shop);
        const expiresAt = by.at + TICKET_LIFETIME_MS;
        const path = ticketPath(body.path);
        const { id: userId } = user as User;
        await shop.store.sessions.addTicket(
          { hash: hashOpaqueToken(ticket), userId, sessionId, path, expiresAt },
          by,
        );
        reply.header('Cache-Control', 'no-store');
        return { success: true, data: { ticket, expires_at: toInstant(expiresAt) } };
      },
    }),
  ];
}
